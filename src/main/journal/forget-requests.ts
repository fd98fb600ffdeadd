import { isThere } from '../store/is-there.ts'
import { openJournalForWriting } from '../store/journal/journal-file.ts'
import { createJournalRetention } from '../store/journal/retention.ts'
import { prepareTrafficReads } from '../store/journal/traffic.ts'
import { newestExchangeId } from '../store/journal/select-exchanges.ts'
import type { Connection } from '../store/open-database.ts'
import { toStoreError } from '../store/store-error.ts'

function count(connection: Connection): number {
  const oldest = prepareTrafficReads(connection).firstSince(0)
  return oldest === undefined ? 0 : newestExchangeId(connection) - oldest + 1
}

/**
 * Deletes the requests that are older than a moment, in short transactions, also while a server writes new ones; tells how many. What was
 * deleted is overwritten on the disk. Requests go in the blocks in which they were stored: those of one moment. `before` and `now` are in ms since the epoch. Throws `StoreError`.
 */
export function forgetRequests(file: string, before: number, now: number): number {
  if (!isThere(file)) return 0
  const connection = openJournalForWriting(file)
  try {
    const had = count(connection)
    const retention = createJournalRetention(connection)
    retention.overwriteDeleted()
    let hasMore = true
    while (hasMore) hasMore = retention.deleteStep({ keepSince: before, maxBytes: Number.MAX_SAFE_INTEGER, now })
    hasMore = true
    while (hasMore) hasMore = retention.shrinkStep()
    // The write-ahead log still has the pages as they were.
    retention.checkpoint()
    return had - count(connection)
  } catch (error) {
    throw toStoreError(error, file) ?? error
  } finally {
    connection.close()
  }
}

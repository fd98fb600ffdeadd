import { isThere } from '../store/is-there.ts'
import { openJournalForWriting } from '../store/journal/journal-file.ts'
import { createJournalRetention } from '../store/journal/retention.ts'
import { prepareTrafficReads } from '../store/journal/traffic.ts'
import { newestExchangeId } from '../store/journal/select-exchanges.ts'
import type { Connection } from '../store/open-database.ts'
import { toStoreError } from '../store/store-error.ts'
import { atOnce, type Steps } from '../steps.ts'

/** The oldest id that is there, or the next one that will be given. */
function oldestId(connection: Connection): number {
  return prepareTrafficReads(connection).firstSince(0) ?? newestExchangeId(connection) + 1
}

/** How often, and how long in between in ms, whoever still reads the log is waited for: three seconds. */
const mostAttempts = 30
const attemptEveryMs = 100

/** The write-ahead log still has the pages as they were. A long reader keeps them there, and the next checkpoint of anybody takes them away. */
function emptyLog(checkpoint: () => boolean): void {
  const bell = new Int32Array(new SharedArrayBuffer(4))
  for (let attempt = 1; !checkpoint() && attempt < mostAttempts; attempt += 1) Atomics.wait(bell, 0, 0, attemptEveryMs)
}

/**
 * Deletes the requests that are older than a moment, in short transactions, also while a server writes new ones; tells how many. What was
 * deleted is overwritten on the disk. `onStep` is told how many so far. Requests go in the blocks in which they were stored: those of one moment. `before` and `now` are in ms since the epoch. Throws `StoreError`.
 */
export function* forgettingRequests(
  file: string,
  before: number,
  now: number,
  onStep: (deleted: number) => void,
): Steps<number> {
  if (!isThere(file)) return 0
  const connection = openJournalForWriting(file)
  try {
    // By the old end of the log: at the other one new ones come meanwhile.
    const firstId = oldestId(connection)
    const retention = createJournalRetention(connection)
    retention.overwriteDeleted()
    let hasMore = true
    while (hasMore) {
      hasMore = retention.deleteStep({ keepSince: before, maxBytes: Number.MAX_SAFE_INTEGER, now })
      onStep(oldestId(connection) - firstId)
      yield
    }
    hasMore = true
    while (hasMore) {
      hasMore = retention.shrinkStep()
      yield
    }
    emptyLog(retention.checkpoint)
    return oldestId(connection) - firstId
  } catch (error) {
    throw toStoreError(error, file) ?? error
  } finally {
    connection.close()
  }
}

/** `forgettingRequests` in one go. */
export function forgetRequests(file: string, before: number, now: number): number {
  return atOnce(forgettingRequests(file, before, now, () => undefined))
}

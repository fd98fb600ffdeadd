import { isThere } from '../store/file/is-there.ts'
import { openJournalForWriting } from '../store/journal/journal-file.ts'
import { createJournalRetention } from '../store/journal/retention.ts'
import { toStoreError } from '../store/store-error.ts'
import { atOnce, type Steps } from '../steps.ts'

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
    const retention = createJournalRetention(connection)
    retention.overwriteDeleted()
    let hasMore = true
    while (hasMore) {
      hasMore = retention.deleteStep({ keepSince: before, maxBytes: Number.MAX_SAFE_INTEGER, now })
      onStep(retention.deleted())
      yield
    }
    hasMore = true
    while (hasMore) {
      hasMore = retention.shrinkStep()
      yield
    }
    emptyLog(retention.checkpoint)
    return retention.deleted()
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

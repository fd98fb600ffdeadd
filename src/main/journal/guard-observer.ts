import type { Connection } from '../store/open-database.ts'
import type { BatchObserver, CreateBatchObserver, ObservedBatch } from './batch-observer.ts'

/** An observer whose faults cost its own work alone: the batch is stored, and the observer begins anew from what was stored before. */
export function guardObserver(
  connection: Connection,
  create: CreateBatchObserver,
  trouble: (message: string) => void,
): BatchObserver {
  let observer: BatchObserver | undefined
  let isTold = false

  function fail(error: unknown): void {
    observer = undefined
    if (isTold) return
    isTold = true
    trouble(
      `What the requests mean cannot be told at present: ${error instanceof Error ? error.message : String(error)}`,
    )
  }

  function current(): BatchObserver {
    observer ??= create(connection)
    return observer
  }

  // Made once: making it takes longer than running it.
  const run = connection.transaction((work: () => void) => work())

  /** Within a transaction the work is a savepoint of it. */
  function inTransaction(work: () => void): void {
    const wasInTransaction = connection.inTransaction
    try {
      run(work)
      isTold = false
    } catch (error) {
      // On a full disk SQLite undoes the whole batch, which its caller has to know.
      if (wasInTransaction && !connection.inTransaction) {
        observer = undefined
        throw error
      }
      fail(error)
    }
  }

  return {
    begin() {
      let batch: ObservedBatch | undefined
      try {
        batch = current().begin()
      } catch (error) {
        fail(error)
      }
      return {
        see(record) {
          try {
            batch?.see(record)
          } catch (error) {
            batch = undefined
            fail(error)
          }
        },
        stored(firstId) {
          if (batch !== undefined) inTransaction(() => batch?.stored(firstId))
        },
      }
    },
    tick: (now) => inTransaction(() => current().tick(now)),
  }
}

import type { Connection } from '../store/open-database.ts'
import type { BatchObserver, CreateBatchObserver } from './batch-observer.ts'

/** An observer whose faults cost its own work alone: the batch is stored, and the observer begins anew from what was stored before. */
export function guardObserver(
  connection: Connection,
  create: CreateBatchObserver,
  trouble: (message: string) => void,
): BatchObserver {
  let observer: BatchObserver | undefined
  let isTold = false

  /** Within a transaction the work is a savepoint of it. */
  function guarded(work: (observer: BatchObserver) => void): void {
    const wasInTransaction = connection.inTransaction
    try {
      connection.transaction(() => {
        observer ??= create(connection)
        work(observer)
      })()
      isTold = false
    } catch (error) {
      observer = undefined
      // On a full disk SQLite undoes the whole batch, which its caller has to know.
      if (wasInTransaction && !connection.inTransaction) throw error
      if (isTold) return
      isTold = true
      trouble(
        `What the requests mean cannot be told at present: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  return {
    stored: (firstId, records) => guarded((each) => each.stored(firstId, records)),
    tick: (now) => guarded((each) => each.tick(now)),
  }
}

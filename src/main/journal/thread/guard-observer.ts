import type { AppendObserver } from '../../store/journal/append.ts'
import type { Connection } from '../../store/file/open-database.ts'
import { toStoreError } from '../../store/store-error.ts'
import type { BatchObserver, CreateBatchObserver } from './batch-observer.ts'

/** A batch was undone because of the observer alone: stored without it, it is well. */
export class ObserverFault extends Error {}

export interface GuardedObserver {
  /** What sees the next batch; undefined where nothing can. It throws `ObserverFault` for the observer's own faults, and what the journal must know. */
  begin(): AppendObserver | undefined
  /** Never throws for the observer's own faults. */
  tick(now: number, mayForget: boolean): void
}

/** An observer whose faults cost its own work alone: the batch is stored without it, and it begins anew from what was stored before. */
export function guardObserver(
  connection: Connection,
  create: CreateBatchObserver,
  trouble: (message: string) => void,
): GuardedObserver {
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

  /** Within the transaction of a batch. Throws, always. */
  function undo(error: unknown): never {
    // On a full disk SQLite undoes the whole batch by itself: that is no fault of the observer's.
    if (!connection.inTransaction) {
      observer = undefined
      throw error
    }
    fail(error)
    throw new ObserverFault('the observer of the journal failed', { cause: error })
  }

  const run = connection.transaction((work: () => void) => work()).immediate

  return {
    begin() {
      try {
        const batch = current().begin()
        return {
          see(id, record) {
            try {
              batch.see(id, record)
            } catch (error) {
              undo(error)
            }
          },
          end() {
            try {
              batch.end()
              isTold = false
            } catch (error) {
              undo(error)
            }
          },
        }
      } catch (error) {
        fail(error)
        return undefined
      }
    },
    tick(now, mayForget) {
      try {
        run(() => current().tick(now, mayForget))
        isTold = false
      } catch (error) {
        // What ails the file is told by whoever stores the next batch, once; this would tell it again at each attempt.
        const known = toStoreError(error, connection.name)
        if (known === undefined || known.code === 'damaged') fail(error)
        else observer = undefined
      }
    },
  }
}

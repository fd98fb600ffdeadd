import type { AppendObserver } from '../../store/journal/append.ts'
import type { Connection } from '../../store/file/open-database.ts'

/** Sees every batch in the transaction that stores it, so that what it keeps beside the journal is exactly in step with it. */
export interface BatchObserver {
  /** A batch is about to be stored. */
  begin(): AppendObserver
  /** Called now and then between batches; `now` is in ms since the epoch. `mayForget` is false while the clock may be wrong. */
  tick(now: number, mayForget: boolean): void
}

/** Made for a connection, and made anew when what it remembers may be ahead of what was stored. */
export type CreateBatchObserver = (connection: Connection) => BatchObserver

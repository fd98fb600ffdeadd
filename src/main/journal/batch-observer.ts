import type { JournalRecord } from '../store/journal/journal-record.ts'
import type { Connection } from '../store/open-database.ts'

/**
 * Sees every batch in the transaction that stores it, so that what it keeps beside the journal is exactly in step with it. What it throws
 * undoes what it did and nothing else.
 */
export interface BatchObserver {
  /** A batch is being prepared. */
  begin(): ObservedBatch
  /** Called now and then between batches; `now` is in ms since the epoch. */
  tick(now: number): void
}

export interface ObservedBatch {
  /** Reads a record that has just been prepared, while it is at hand; changes nothing. */
  see(record: JournalRecord): void
  /** The records that were seen are being stored, numbered upwards from `firstId`. */
  stored(firstId: number): void
}

/** Made for a connection, and made anew when what it remembers may be ahead of what was stored. */
export type CreateBatchObserver = (connection: Connection) => BatchObserver

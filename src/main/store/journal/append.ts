import type { Connection } from '../open-database.ts'
import { createBlockEncoder } from './block.ts'
import type { JournalRecord } from './journal-record.ts'
import { keyHash } from './key-hash.ts'

const exchangesPerBlock = 128
const charactersPerBlock = 1024 * 1024

export interface BatchName {
  /** The run of the server that sends it. */
  readonly session: string
  /** Counts up by one within a session. */
  readonly sequence: number
}

export interface Committed {
  readonly firstId: number
  readonly lastId: number
}

export interface JournalAppender {
  /**
   * Stores the records in one transaction and returns their ids, or undefined when this batch is stored already. `beside` runs in the same
   * transaction, with the number of the first record.
   */
  readonly append: (
    batch: BatchName,
    records: readonly JournalRecord[],
    beside?: (firstId: number) => void,
  ) => Committed | undefined
}

interface Progress {
  readonly lastId: number
  readonly session: string
  readonly sequence: number
}

function readProgress(row: unknown): Progress {
  if (typeof row === 'object' && row !== null && 'lastId' in row && 'session' in row && 'sequence' in row)
    return { lastId: Number(row.lastId), session: String(row.session), sequence: Number(row.sequence) }
  throw new Error('the journal has no progress row')
}

function characters(record: JournalRecord): number {
  return (record.requestBody?.length ?? 0) + (record.responseBody?.length ?? 0) + record.trace.length
}

export function createJournalAppender(connection: Connection): JournalAppender {
  const progress = connection.prepare('SELECT last_id AS lastId, session, sequence FROM progress')
  const setProgress = connection.prepare('UPDATE progress SET last_id = ?, session = ?, sequence = ?')
  const insertBlock = connection.prepare('INSERT INTO blocks VALUES (?, ?)')
  const insertBlockIndex = connection.prepare('INSERT INTO block_index VALUES (?, ?, ?, ?, ?)')
  const insertExchange = connection.prepare(
    'INSERT INTO exchanges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const encoder = createBlockEncoder()

  function storeBlock(firstId: number, records: readonly JournalRecord[]): void {
    const keys = Buffer.allocUnsafe(records.length * 8)
    let used = 0
    let oldest = Number.MAX_SAFE_INTEGER
    let newest = 0
    let id = firstId
    for (const record of records) {
      used = keys.writeUInt32LE(keyHash(record.requestId), used)
      if (record.resourceId !== undefined) used = keys.writeUInt32LE(keyHash(record.resourceId), used)
      if (record.at < oldest) oldest = record.at
      if (record.at > newest) newest = record.at
      insertExchange.run(
        id++,
        record.at,
        record.durationMicros,
        record.status,
        record.method,
        record.target,
        record.endpoint,
        record.resourceId,
        record.integrationId,
        record.integrationSlug,
        record.classification,
        record.matched,
        record.idp,
        record.certainty,
        record.requestId,
        record.remoteAddress,
        record.requestBytes,
        record.responseBytes,
        record.flags,
        record.lost,
      )
    }
    insertBlock.run(firstId, encoder.encode(records))
    insertBlockIndex.run(firstId, id - 1, oldest, newest, keys.subarray(0, used))
  }

  return {
    append: connection.transaction(
      (batch: BatchName, records: readonly JournalRecord[], beside?: (firstId: number) => void) => {
        const { lastId, session, sequence } = readProgress(progress.get())
        if (session === batch.session && sequence >= batch.sequence) return undefined
        let nextId = lastId + 1
        for (let from = 0; from < records.length;) {
          let to = from
          let size = 0
          for (; to < records.length && to - from < exchangesPerBlock && size < charactersPerBlock; to++) {
            const record = records[to]
            if (record) size += characters(record)
          }
          storeBlock(nextId, records.slice(from, to))
          nextId += to - from
          from = to
        }
        setProgress.run(nextId - 1, batch.session, batch.sequence)
        beside?.(lastId + 1)
        return { firstId: lastId + 1, lastId: nextId - 1 }
      },
    ),
  }
}

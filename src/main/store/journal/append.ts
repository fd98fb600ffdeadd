import type { Connection } from '../file/open-database.ts'
import { createBlockEncoder, mostPayloads } from './block.ts'
import type { JournalRecord } from './journal-record.ts'
import { keyHash } from './key-hash.ts'
import { createStrangerMeter } from './strangers.ts'

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

/** Sees what is being stored, in the same transaction: what it throws undoes all of it. */
export interface AppendObserver {
  /** A record, numbered `id`; only now is it at hand. */
  see(id: number, record: JournalRecord): void
  /** All of them are stored. */
  end(): void
}

export interface JournalAppender {
  /**
   * Stores the records in one transaction and returns their ids, or undefined when this batch is stored already. Each record is taken when the one
   * before it is stored: kept until all are there, a batch would outlive a collection of garbage and be copied by it.
   */
  readonly append: (
    batch: BatchName,
    records: Iterable<JournalRecord>,
    observer?: AppendObserver,
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
  const setProgress = connection.prepare(
    `UPDATE progress SET last_id = ?, session = ?, sequence = ?, held = held + ?, stranger_bytes = stranger_bytes + ?`,
  )
  const insertBlock = connection.prepare('INSERT INTO blocks VALUES (?, ?)')
  const insertBlockIndex = connection.prepare('INSERT INTO block_index VALUES (?, ?, ?, ?, ?, ?)')
  const insertExchange = connection.prepare(
    'INSERT INTO exchanges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const encoder = createBlockEncoder()
  const strangers = createStrangerMeter()
  const keys = Buffer.alloc(2 * 4 * mostPayloads)

  function storeRow(id: number, record: JournalRecord): void {
    insertExchange.run(
      id,
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
      record.subject,
    )
  }

  function storeAll(lastId: number, records: Iterable<JournalRecord>, observer: AppendObserver | undefined) {
    let id = lastId
    let strangerBytes = 0
    let firstOfBlock = lastId + 1
    let keysUsed = 0
    let size = 0
    let oldest = Number.MAX_SAFE_INTEGER
    let newest = 0

    function endBlock(): void {
      const block = encoder.finish()
      const ofStrangers = strangers.finish(block.length)
      insertBlock.run(firstOfBlock, block)
      insertBlockIndex.run(firstOfBlock, id, oldest, newest, keys.subarray(0, keysUsed), ofStrangers)
      strangerBytes += ofStrangers
      firstOfBlock = id + 1
      keysUsed = 0
      size = 0
      oldest = Number.MAX_SAFE_INTEGER
      newest = 0
    }

    encoder.clear()
    strangers.clear()
    for (const record of records) {
      id += 1
      storeRow(id, record)
      encoder.add(record)
      strangers.add(record)
      keysUsed = keys.writeUInt32LE(keyHash(record.requestId), keysUsed)
      if (record.resourceId !== undefined) keysUsed = keys.writeUInt32LE(keyHash(record.resourceId), keysUsed)
      if (record.at < oldest) oldest = record.at
      if (record.at > newest) newest = record.at
      size += characters(record)
      observer?.see(id, record)
      if (id - firstOfBlock + 1 >= mostPayloads || size >= charactersPerBlock) endBlock()
    }
    if (id >= firstOfBlock) endBlock()
    return { newLastId: id, strangerBytes }
  }

  return {
    // It reads first. Begun as a reader, it would fail where another process, which deletes old requests, writes before it does.
    append: connection.transaction(
      (batch: BatchName, records: Iterable<JournalRecord>, observer?: AppendObserver): Committed | undefined => {
        const { lastId, session, sequence } = readProgress(progress.get())
        if (session === batch.session && sequence >= batch.sequence) return undefined
        const { newLastId, strangerBytes } = storeAll(lastId, records, observer)
        setProgress.run(newLastId, batch.session, batch.sequence, newLastId - lastId, strangerBytes)
        observer?.end()
        return { firstId: lastId + 1, lastId: newLastId }
      },
    ).immediate,
  }
}

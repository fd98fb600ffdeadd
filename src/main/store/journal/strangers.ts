import type { JournalRecord } from './journal-record.ts'

/**
 * A stranger is whoever sends no token that is valid. Everybody can send such requests, and each is stored; so they have a part of the log's
 * size, beyond which the oldest of them make room, and never what came with a token (docs/decisions/0065).
 */
export const strangersShare = 0.1

/** Which rows of `exchanges` are of strangers. A gap is nobody's. */
export const ofStranger = 'integration_id IS NULL AND lost IS NULL'

/** Fewer bytes of a block than this part of it stay with their neighbours: taking them out would cost more than it gives. */
const leastPart = 1 / 8
/** What a row takes beside its texts, with its entries in the indexes. */
const rowBytes = 120
/** The same of a block. */
const blockRowBytes = 100

interface Share {
  characters: number
  rows: number
}

/** Tells how much of each block is of strangers, record by record. */
export interface StrangerMeter {
  add(record: JournalRecord): void
  /** Bytes of strangers in a block that is `blockBytes` long, with their rows; 0 where they are few. The next block begins. */
  finish(blockBytes: number): number
  clear(): void
}

export function createStrangerMeter(): StrangerMeter {
  const all: Share = { characters: 0, rows: 0 }
  const strangers: Share = { characters: 0, rows: 0 }

  function clear(): void {
    all.characters = all.rows = strangers.characters = strangers.rows = 0
  }

  return {
    add(record) {
      const characters = payloadCharacters(record)
      const row = rowBytes + record.target.length + record.requestId.length + record.classification.length
      all.characters += characters
      all.rows += row
      if (record.integrationId !== undefined || record.lost !== undefined) return
      strangers.characters += characters
      strangers.rows += row
    },
    finish(blockBytes) {
      const whole = blockBytes + blockRowBytes
      const part = all.characters === 0 ? 0 : strangers.characters / all.characters
      const bytes = Math.round(whole * part) + strangers.rows
      const isFew = bytes < leastPart * (whole + all.rows)
      clear()
      return isFew ? 0 : bytes
    },
    clear,
  }
}

function payloadCharacters(record: JournalRecord): number {
  return (
    record.requestHeaders.length +
    (record.requestBody?.length ?? 0) +
    record.responseHeaders.length +
    (record.responseBody?.length ?? 0) +
    record.trace.length
  )
}

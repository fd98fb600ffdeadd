import { z } from 'zod'
import type { Connection } from '../open-database.ts'
import { decodeBlock } from './block.ts'
import type { JournalPayload } from './journal-record.ts'

const blockRow = z
  .object({ firstId: z.number(), lastId: z.number(), data: z.instanceof(Uint8Array) })
  .refine(({ firstId, lastId }) => lastId - firstId < 100_000)

interface Block {
  readonly firstId: number
  readonly payloads: readonly JournalPayload[]
}

export interface BlockReader {
  /** Headers, bodies and trace of an exchange; undefined when its block is gone or damaged. */
  payload(id: number): JournalPayload | undefined
}

/** Remembers the block read last: neighbours are asked for one after the other. */
export function createBlockReader(connection: Connection): BlockReader {
  const select = connection.prepare(
    `SELECT i.first_id AS firstId, i.last_id AS lastId, b.data
     FROM block_index i JOIN blocks b ON b.first_id = i.first_id
     WHERE i.first_id <= ? ORDER BY i.first_id DESC LIMIT 1`,
  )
  let latest: Block | undefined

  function load(id: number): Block | undefined {
    const row = blockRow.safeParse(select.get(id))
    if (!row.success) return undefined
    const { firstId, lastId, data } = row.data
    try {
      return { firstId, payloads: decodeBlock(data, lastId - firstId + 1) }
    } catch {
      // A damaged block costs its bodies, never the rows around it.
      return { firstId, payloads: [] }
    }
  }

  return {
    payload(id) {
      if (!latest || id < latest.firstId || id >= latest.firstId + latest.payloads.length) latest = load(id)
      return latest?.payloads[id - latest.firstId]
    },
  }
}

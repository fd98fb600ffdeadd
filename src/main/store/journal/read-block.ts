import { z } from 'zod'
import type { Connection } from '../file/open-database.ts'
import { openBlock, type OpenBlock } from './block.ts'
import { mayHoldText } from './may-hold-text.ts'
import type { JournalPayload } from './journal-record.ts'

const blockRow = z
  .object({ firstId: z.number(), lastId: z.number(), data: z.instanceof(Uint8Array) })
  .refine(({ firstId, lastId }) => lastId - firstId < 100_000)

interface Block {
  readonly firstId: number
  readonly lastId: number
  /** Undefined where it is damaged. */
  readonly open: OpenBlock | undefined
  /** The texts that have been looked for in it. */
  readonly held: Map<string, boolean>
}

export interface BlockReader {
  /** Headers, bodies and trace of an exchange; undefined when its block is gone or damaged. */
  payload(id: number): JournalPayload | undefined
  /** Whether a text in lower case stands anywhere in the block of an exchange, in any letter case. */
  mayHold(id: number, text: string): boolean
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
    const shared = { firstId, lastId, held: new Map<string, boolean>() }
    try {
      return { ...shared, open: openBlock(data, lastId - firstId + 1) }
    } catch {
      // A damaged block costs its bodies, never the rows around it.
      return { ...shared, open: undefined }
    }
  }

  function blockOf(id: number): Block | undefined {
    if (!latest || id < latest.firstId || id > latest.lastId) latest = load(id)
    return latest && id <= latest.lastId ? latest : undefined
  }

  return {
    payload(id) {
      const block = blockOf(id)
      try {
        return block?.open?.payload(id - block.firstId)
      } catch {
        return undefined
      }
    },
    mayHold(id, text) {
      const block = blockOf(id)
      if (!block?.open) return false
      const known = block.held.get(text)
      if (known !== undefined) return known
      const isHeld = mayHoldText(block.open.texts(), text)
      block.held.set(text, isHeld)
      return isHeld
    },
  }
}

import { z } from 'zod'
import type { Connection } from '../file/open-database.ts'
import { createBlockEncoder, openBlock } from './block.ts'
import { keyHash } from './key-hash.ts'
import { ofStranger } from './strangers.ts'

const blocksOfStrangers = z.array(z.object({ firstId: z.number(), lastId: z.number(), bytes: z.number() }))
const keptRows = z.array(z.object({ id: z.number(), requestId: z.string(), resourceId: z.string().nullable() }))

type Block = z.infer<typeof blocksOfStrangers>[number]
type Kept = z.infer<typeof keptRows>

export interface StrangerDrop {
  /** What is stored of strangers, in bytes. */
  bytes(): number
  /**
   * Deletes their requests from the oldest blocks that hold any, `blocks` at most, in one transaction; whatever else is in those keeps its id and
   * its content. A block with which it would be more than `bytes` in all is left. Returns how many requests were deleted.
   */
  dropOldest(blocks: number, bytes: number): number
}

export function prepareStrangerDrop(connection: Connection): StrangerDrop {
  const bytes = connection.prepare<[], number>('SELECT stranger_bytes FROM progress').pluck()
  const oldest = connection.prepare(
    `SELECT first_id AS firstId, last_id AS lastId, stranger_bytes AS bytes FROM block_index
     WHERE stranger_bytes > 0 ORDER BY first_id LIMIT ?`,
  )
  const kept = connection.prepare(
    'SELECT id, request_id AS requestId, resource_id AS resourceId FROM exchanges WHERE id BETWEEN ? AND ? ORDER BY id',
  )
  const deleteStrangers = connection.prepare(`DELETE FROM exchanges WHERE id BETWEEN ? AND ? AND ${ofStranger}`)
  const deleteBlock = connection.prepare('DELETE FROM blocks WHERE first_id = ?')
  const deleteIndex = connection.prepare('DELETE FROM block_index WHERE first_id = ?')
  const data = connection.prepare<[number], Uint8Array>('SELECT data FROM blocks WHERE first_id = ?').pluck()
  const setData = connection.prepare('UPDATE blocks SET data = ? WHERE first_id = ?')
  const setIndex = connection.prepare('UPDATE block_index SET keys = ?, stranger_bytes = 0 WHERE first_id = ?')
  const setProgress = connection.prepare(
    `UPDATE progress SET held = held - ?, stranger_bytes = max(0, stranger_bytes - ?), strangers_dropped = strangers_dropped + ?`,
  )
  const encoder = createBlockEncoder()

  /** The block with the slots of the others empty; undefined where it is damaged. */
  function emptied({ firstId, lastId }: Block, rows: Kept): Buffer | undefined {
    const ids = new Set(rows.map(({ id }) => id))
    encoder.clear()
    try {
      const block = openBlock(data.get(firstId) ?? Buffer.alloc(0), lastId - firstId + 1)
      for (let id = firstId; id <= lastId; id++) {
        const payload = ids.has(id) ? block.payload(id - firstId) : undefined
        if (payload === undefined) encoder.skip()
        else encoder.add(payload)
      }
      return encoder.finish()
    } catch {
      return undefined // its rows are all that can be read of it, and stay so
    }
  }

  function dropFrom(block: Block): number {
    const { firstId, lastId } = block
    const { changes } = deleteStrangers.run(firstId, lastId)
    const rows = keptRows.parse(kept.all(firstId, lastId))
    if (rows.length === 0) {
      deleteBlock.run(firstId)
      deleteIndex.run(firstId)
      return changes
    }
    const left = emptied(block, rows)
    if (left !== undefined) setData.run(left, firstId)
    setIndex.run(keysOf(rows), firstId)
    return changes
  }

  return {
    bytes: () => bytes.get() ?? 0,
    // Another process may delete old requests meanwhile: it begins as a writer.
    dropOldest: connection.transaction((blocks: number, most: number): number => {
      const found = blocksOfStrangers.parse(oldest.all(blocks))
      let dropped = 0
      let given = 0
      for (const block of found) {
        if (given + block.bytes > most) break
        dropped += dropFrom(block)
        given += block.bytes
      }
      setProgress.run(dropped, given, dropped)
      return dropped
    }).immediate,
  }
}

function keysOf(rows: Kept): Buffer {
  const hashes = rows.flatMap(({ requestId, resourceId }) => [
    keyHash(requestId),
    ...(resourceId === null ? [] : [keyHash(resourceId)]),
  ])
  const keys = Buffer.alloc(4 * hashes.length)
  for (const [at, hash] of hashes.entries()) keys.writeUInt32LE(hash, 4 * at)
  return keys
}

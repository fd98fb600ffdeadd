import { z } from 'zod'
import { aheadMs } from '../../is-ahead.ts'
import { impatiently } from '../file/checkpoint.ts'
import type { Connection } from '../file/open-database.ts'
import { prepareStrangerDrop } from './drop-strangers.ts'
import { strangersShare } from './strangers.ts'

/** Blocks deleted in one transaction: about a thousand exchanges, some milliseconds. */
const blocksPerStep = 8
const pagesPerStep = 256
/** Free pages worth handing back; a journal at its limit fills up fewer than these again at once. */
const freePagesKept = 1024
const largestLog = 32 * 1024 * 1024

export interface RetentionLimits {
  /** Exchanges older than this go; ms since the epoch. */
  readonly keepSince: number
  /** What time it is, in ms since the epoch. */
  readonly now: number
  readonly maxBytes: number
}

export interface JournalRetention {
  /** When the exchange was stored that came last, in ms since the epoch; undefined while there is none. */
  newestMoment(): number | undefined
  /**
   * Deletes the oldest blocks that are over the limits; of a log that is too large first the oldest requests of strangers, while those take more
   * than their share. Returns whether there is more to delete.
   */
  deleteStep(limits: RetentionLimits): boolean
  /** How many exchanges all steps have deleted. */
  deleted(): number
  /** Gives some free pages back to the file system. Returns whether there is more to give. */
  shrinkStep(): boolean
  /** From now on what is deleted is overwritten on the disk. */
  overwriteDeleted(): void
  /** Moves the write-ahead log into the file, and empties it. False when somebody reads from it: nobody is held up for their sake. */
  checkpoint(): boolean
  /** The same when a long reader let it grow, unless somebody reads from it still. `logBytes` is its size. */
  checkpointWhenLarge(logBytes: number): void
}

const oldestBlocks = z.array(z.object({ lastId: z.number(), newestAt: z.number() }))

export function createJournalRetention(connection: Connection): JournalRetention {
  const oldest = connection.prepare(
    `SELECT last_id AS lastId, newest_at AS newestAt FROM block_index WHERE +newest_at <= ? ORDER BY first_id LIMIT ${blocksPerStep}`,
  )
  const deleteExchanges = connection.prepare('DELETE FROM exchanges WHERE id <= ?')
  const deleteBlocks = connection.prepare('DELETE FROM blocks WHERE first_id <= ?')
  const deleteBlockIndex = connection.prepare('DELETE FROM block_index WHERE first_id <= ?')
  const bytesOfStrangers = connection
    .prepare<[number], number>(
      'SELECT ifnull(sum(stranger_bytes), 0) FROM block_index WHERE stranger_bytes > 0 AND first_id <= ?',
    )
    .pluck()
  const setProgress = connection.prepare(
    'UPDATE progress SET held = held - ?, stranger_bytes = max(0, stranger_bytes - ?)',
  )
  const strangers = prepareStrangerDrop(connection)
  let deleted = 0
  const newest = connection
    .prepare<[], number>('SELECT newest_at FROM block_index ORDER BY first_id DESC LIMIT 1')
    .pluck()
  const pageCount = connection.prepare('PRAGMA page_count').pluck()
  const freePages = connection.prepare('PRAGMA freelist_count').pluck()
  const pageSize = Number(connection.pragma('page_size', { simple: true }))

  const usedBytes = () => (Number(pageCount.get()) - Number(freePages.get())) * pageSize
  const checkpoint = () =>
    impatiently(connection, () => connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0)
  const deleteUpTo = connection.transaction((lastId: number) => {
    const { changes } = deleteExchanges.run(lastId)
    setProgress.run(changes, bytesOfStrangers.get(lastId))
    deleteBlocks.run(lastId)
    deleteBlockIndex.run(lastId)
    return changes
  }).immediate

  return {
    newestMoment: () => newest.get(),
    deleteStep({ keepSince, maxBytes, now }) {
      const tooLarge = usedBytes() > maxBytes
      const tooMuch = strangers.bytes() - strangersShare * maxBytes
      if (tooLarge && tooMuch > 0) {
        const dropped = strangers.dropOldest(blocksPerStep, tooMuch)
        deleted += dropped
        if (dropped > 0) return true
      }
      // A block of a wrong clock goes with the one behind it: it would keep all of them until its time has come.
      const blocks = oldestBlocks.parse(oldest.all(tooLarge ? Number.MAX_SAFE_INTEGER : now + aheadMs))
      let lastId: number | undefined
      for (const block of blocks) {
        if (!tooLarge && block.newestAt >= keepSince) break
        ;({ lastId } = block)
      }
      if (lastId === undefined) return false
      deleted += deleteUpTo(lastId)
      return blocks.length === blocksPerStep && (usedBytes() > maxBytes || blocks.at(-1)?.lastId === lastId)
    },
    deleted: () => deleted,
    shrinkStep() {
      if (Number(freePages.get()) <= freePagesKept) return false
      connection.pragma(`incremental_vacuum(${pagesPerStep})`)
      return Number(freePages.get()) > freePagesKept
    },
    overwriteDeleted: () => void connection.pragma('secure_delete = on'),
    checkpoint,
    checkpointWhenLarge(logBytes) {
      if (logBytes > largestLog) checkpoint()
    },
  }
}

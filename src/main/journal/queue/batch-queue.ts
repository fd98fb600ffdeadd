import { createPackerPool, exchangeSize, type PackedExchanges, type Packer } from './batch.ts'
import type { Exchange } from '../exchange.ts'
import type { Gap } from '../thread/journal-message.ts'

/** A batch this full is sent without waiting for the timer. */
const flushAtExchanges = 128
const flushAtBytes = 512 * 1024
/** While the thread is busy or in trouble a batch grows up to this; then the next one begins. */
const mostExchanges = 256
const mostBytes = 768 * 1024

const mib = 1024 * 1024

export interface QueueLimits {
  /** Beyond so many bytes those who bring more should wait. */
  readonly roomUpTo: number
  /** Beyond so many bytes bodies are left out. */
  readonly bodiesUpTo: number
  /** Beyond so many bytes exchanges are only counted. */
  readonly exchangesUpTo: number
}

const defaultLimits: QueueLimits = { roomUpTo: 4 * mib, bodiesUpTo: 24 * mib, exchangesUpTo: 32 * mib }

export interface QueuedBatch {
  /** Counts up by one. */
  readonly sequence: number
  readonly gap: Gap | undefined
  readonly exchanges: PackedExchanges
}

/** What waits to be stored: batches in order, bounded in memory. The head stays until it is stored. */
export interface BatchQueue {
  add(exchange: Exchange): void
  isEmpty(): boolean
  /** Whether there is enough for a batch that should not wait. */
  isFull(): boolean
  /** Whether more comes in than is stored. */
  isCrowded(): boolean
  /** The oldest batch, closed now: the same one until it is removed. */
  head(): QueuedBatch | undefined
  removeHead(): void
  /** Gives the head up: its exchanges become a gap. */
  giveUpHead(): void
  /** Closes what has been added so far; returns the sequence number of its last batch. */
  seal(): number
  isDone(sequence: number): boolean
}

interface Batch {
  readonly sequence: number
  readonly gap: Gap | undefined
  readonly packer: Packer
  count: number
  bytes: number
  readonly since: number
  until: number
}

export function createBatchQueue(limits: QueueLimits = defaultLimits): BatchQueue {
  const createPacker = createPackerPool()
  const sealed: Batch[] = []
  let current: Batch | undefined
  let sequence = 0
  let bytes = 0
  let gap: Gap | undefined

  function lose(lost: number, since: number, until: number): void {
    gap = gap ? { lost: gap.lost + lost, since: Math.min(gap.since, since), until } : { lost, since, until }
  }

  function begin(at: number): Batch {
    sequence += 1
    const batch = { sequence, gap, packer: createPacker(), count: 0, bytes: 0, since: at, until: at }
    gap = undefined
    return batch
  }

  function sealCurrent(): void {
    if (current === undefined && gap !== undefined) current = begin(gap.until)
    if (current === undefined) return
    sealed.push(current)
    current = undefined
  }

  return {
    add(exchange) {
      // Bodies that alone are more than there may be are left out, like those for which nothing is left.
      const withBodies = bytes < limits.bodiesUpTo && bytes + exchangeSize(exchange, true) <= limits.exchangesUpTo
      const size = exchangeSize(exchange, withBodies)
      if (bytes + size > limits.exchangesUpTo) {
        lose(1, exchange.at, exchange.at)
        return
      }
      if (gap !== undefined && current !== undefined) sealCurrent() // the gap stands where it happened
      current ??= begin(exchange.at)
      current.packer.add(exchange, withBodies)
      current.count += 1
      current.bytes += size
      current.until = exchange.at
      bytes += size
      if (current.count >= mostExchanges || current.bytes >= mostBytes) sealCurrent()
    },
    isEmpty: () => sealed.length === 0 && current === undefined && gap === undefined,
    isFull: () =>
      sealed.length > 0 ||
      (current !== undefined && (current.count >= flushAtExchanges || current.bytes >= flushAtBytes)),
    isCrowded: () => bytes > limits.roomUpTo,
    head() {
      if (sealed.length === 0) sealCurrent()
      const batch = sealed[0]
      return batch && { sequence: batch.sequence, gap: batch.gap, exchanges: batch.packer.packed() }
    },
    removeHead() {
      const batch = sealed.shift()
      if (!batch) return
      bytes -= batch.bytes
      batch.packer.release()
    },
    giveUpHead() {
      const batch = sealed.shift()
      if (batch === undefined) return
      bytes -= batch.bytes
      batch.packer.release()
      if (batch.gap) lose(batch.gap.lost, batch.gap.since, batch.gap.until)
      if (batch.count > 0) lose(batch.count, batch.since, batch.until)
    },
    seal() {
      sealCurrent()
      return sequence
    },
    isDone: (through) => (sealed[0]?.sequence ?? current?.sequence ?? sequence + 1) > through,
  }
}

import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

/** Names one subscription of one client; a random UUID. It is new with every reconnect. */
export const subscription = z.uuid()

/**
 * One portion of a stream. The client acknowledges each with `system.acknowledge` once it has been drawn; at most a few are under way
 * unacknowledged, and what a slow client misses meanwhile is counted, not queued.
 */
export function batchOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    /** Counts up from 1 within a subscription. */
    seq: z.int(),
    items: z.array(item),
    /** How many were passed over since the batch before. */
    dropped: z.int(),
    /** Where a new subscription goes on after this batch. */
    position: z.int(),
  })
}

/** A stream of such portions. */
export function streamOf<Item extends z.ZodType>(item: Item) {
  return eventIterator(batchOf(item))
}

/** The credit: how many batches may be under way without an acknowledgement. */
export const batchesInFlight = 4

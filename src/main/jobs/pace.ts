import type { BatchLimits } from './batch-budget.ts'

/** How fast a job goes: large batches and short rests while nobody else wants anything, the contrary while requests come. */
export interface Pace {
  /** How many items the next batch may have. */
  readonly items: number
  readonly limits: BatchLimits
  /** How long to rest before it, in ms. */
  readonly restMs: number
}

/** What was seen of a batch. */
export interface BatchSeen {
  /** From handing it over to its commit, in ms. */
  readonly tookMs: number
  readonly processed: number
  /** A request waited for the writer when it ended. */
  readonly wasAwaited: boolean
  /** The share of the time since the batch before in which this thread was busy, from 0 to 1. */
  readonly load: number
}

const mostItems = 400
const fewestItems = 8

/** Of a batch's time: what it is rested for when nothing else happens, and beside a fully busy server. */
const idleRest = 0.25
const busyRest = 1.5

/** How long a batch should take with its commit, in ms. */
const idleMs = 40
const busyMs = 6

/** From what load on the server counts as busy. */
const busyLoad = 0.3

/** The pace of a job's first batch: careful, since nothing is known yet. */
export const firstPace: Pace = { items: 32, limits: { budgetMs: 5, atLeast: 4 }, restMs: 0 }

/** Fits the next batch to what the last one took, and to how busy the server is. */
export function nextPace(pace: Pace, seen: BatchSeen): Pace {
  const isBusy = seen.wasAwaited || seen.load > busyLoad
  const wanted = isBusy ? busyMs : idleMs
  const fitting = seen.processed === 0 || seen.tookMs <= 0 ? pace.items : (seen.processed * wanted) / seen.tookMs
  // Half-way towards what fits, so that one slow commit does not make every batch small.
  const items = Math.round(Math.min(mostItems, Math.max(fewestItems, (pace.items + fitting) / 2)))
  return {
    items,
    limits: { budgetMs: isBusy ? busyMs / 2 : idleMs / 2, atLeast: isBusy ? 12 : 32 },
    restMs: seen.tookMs * (isBusy ? busyRest : idleRest),
  }
}

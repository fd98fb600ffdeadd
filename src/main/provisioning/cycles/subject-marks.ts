import { z } from 'zod'

/** What one activity has done about one user or group; bits that add up. */
export const marks = {
  /** It was found here by a lookup or read by its id. */
  matched: 1,
  created: 2,
  updated: 4,
  disabled: 8,
  restored: 16,
  deleted: 32,
  failed: 64,
  /** It was written to without anything being different afterwards. */
  touched: 128,
} as const

const changed = marks.created | marks.updated | marks.disabled | marks.restored | marks.deleted

export const resourceCountsSchema = z
  .object({
    /** All that the activity was about. */
    seen: z.number(),
    matched: z.number(),
    created: z.number(),
    updated: z.number(),
    unchanged: z.number(),
    disabled: z.number(),
    restored: z.number(),
    deleted: z.number(),
  })
  .readonly()

/** How many users, or groups, each counted once however many requests were about it. */
export type ResourceCounts = z.infer<typeof resourceCountsSchema>

export const noResources: ResourceCounts = {
  seen: 0,
  matched: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  disabled: 0,
  restored: 0,
  deleted: 0,
}

const bit = (bits: number, mark: number): number => ((bits & mark) === 0 ? 0 : 1)

/** Who was created in an activity is neither matched nor updated in it: what follows a creation completes it. */
function matched(bits: number): number {
  return (bits & marks.created) === 0 ? bit(bits, marks.matched) : 0
}

function updated(bits: number): number {
  return (bits & marks.created) === 0 ? bit(bits, marks.updated) : 0
}

function unchanged(bits: number): number {
  return (bits & (changed | marks.failed)) === 0 ? bit(bits, marks.matched | marks.touched) : 0
}

/** The counts after a subject's bits went from `before` to `after`; `before` is 0 for one not seen yet. */
export function recount(counts: ResourceCounts, before: number, after: number): ResourceCounts {
  if (before === after) return counts
  return {
    seen: counts.seen + (before === 0 ? 1 : 0),
    matched: counts.matched + matched(after) - matched(before),
    created: counts.created + bit(after, marks.created) - bit(before, marks.created),
    updated: counts.updated + updated(after) - updated(before),
    unchanged: counts.unchanged + unchanged(after) - unchanged(before),
    disabled: counts.disabled + bit(after, marks.disabled) - bit(before, marks.disabled),
    restored: counts.restored + bit(after, marks.restored) - bit(before, marks.restored),
    deleted: counts.deleted + bit(after, marks.deleted) - bit(before, marks.deleted),
  }
}

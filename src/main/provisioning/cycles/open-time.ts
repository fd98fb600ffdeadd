import { z } from 'zod'

const minute = 60_000
/** That requests get in is noted so often. */
const noteEvery = 5 * minute
/** What was not noted for so long was shut: no server ran, the machine slept, or the admin kept the IdP out. */
const shutAfter = 15 * minute

export const openTimeSchema = z
  .object({
    since: z.number(),
    /** When it was last noted that requests get in. */
    seenAt: z.number(),
    /** For how long none could get in before `since`, in ms. */
    shutFor: z.number(),
  })
  .readonly()

/** Since when requests of an integration get in. An IdP that could not get in before is not late. */
export type OpenTime = z.infer<typeof openTimeSchema>

function isStale({ seenAt }: OpenTime, now: number): boolean {
  return Math.abs(now - seenAt) > shutAfter
}

/** Notes that requests get in at this moment. Returns the same value where there is nothing to note yet. */
export function seenOpen(before: OpenTime | null, now: number): OpenTime {
  if (before === null) return { since: now, seenAt: now, shutFor: 0 }
  if (isStale(before, now)) return { since: now, seenAt: now, shutFor: Math.max(0, now - before.seenAt) }
  return now - before.seenAt < noteEvery ? before : { ...before, seenAt: now }
}

/** What holds at a moment at which nobody may have noted anything for long: requests get in since then at the latest. */
export function openTimeAt(open: OpenTime | null, now: number): OpenTime | null {
  return open !== null && isStale(open, now) ? seenOpen(open, now) : open
}

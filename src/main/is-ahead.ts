/** A clock that is put back by less than that, in ms, has only been corrected. */
export const aheadMs = 3_600_000

/** Whether a moment, in ms since the epoch, is one of a clock that was far ahead and has been put right since: nothing is to wait until it comes. */
export function isAhead(moment: number, now: number): boolean {
  return moment - now > aheadMs
}

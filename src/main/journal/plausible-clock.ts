/** A clock that goes ahead by no more than that costs no more than what would have gone within that time anyway. */
const toleranceMs = 7 * 24 * 60 * 60 * 1000
/** So long a leap is doubted: long enough for whoever keeps the time to put it right, and shorter than a machine runs in a day. */
const doubtForMs = 6 * 60 * 60 * 1000

export interface PlausibleClock {
  /** Whether what is too old by the clock may be deleted now. */
  isPlausible(): boolean
}

/**
 * Doubts a clock that has leapt far ahead, as at a start without a battery or a time server: what is deleted meanwhile by its age could not be
 * brought back. `now` is in ms since the epoch, `uptime` in ms and never put back. `last` is the newest moment that was stored
 * before; undefined where nothing was.
 */
export function createPlausibleClock(
  now: () => number,
  uptime: () => number,
  last: number | undefined,
): PlausibleClock {
  let believed = { at: last ?? now(), uptime: uptime() }
  let doubtedSince: number | undefined
  return {
    isPlausible() {
      const moment = { at: now(), uptime: uptime() }
      const leap = moment.at - believed.at - (moment.uptime - believed.uptime)
      if (leap > toleranceMs) {
        doubtedSince ??= moment.uptime
        if (moment.uptime - doubtedSince < doubtForMs) return false
      }
      doubtedSince = undefined
      believed = moment
      return true
    },
  }
}

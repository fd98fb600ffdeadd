/**
 * Where the last days begin in the zone of the person who looks, that of `now` among them: ms since the epoch, the oldest first.
 * The calendar is asked for each, so that a day of 23 or 25 hours is one day.
 */
export function lastDays(now: number, count: number): number[] {
  const day = new Date(now)
  return Array.from({ length: count }, (_, n) =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate() - count + 1 + n).getTime(),
  )
}

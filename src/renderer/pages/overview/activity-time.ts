/** How far back the activity is shown: by the hour, or by the day. */
export type Range = 'day' | 'month'

const hourMs = 3_600_000

/** `18:30`: hours of the engine are those of UTC, and begin at another minute where the clock is ahead of it by half an hour. */
function clock(at: number): string {
  const date = new Date(at)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

/** What stands under the bar of the hour or the day that begins at `at`, the nth; empty for most. */
export function tick(at: number, range: Range, n: number): string {
  const date = new Date(at)
  if (range === 'day') return date.getHours() % 3 === 0 ? clock(at) : ''
  return n % 5 === 0 ? `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })}` : ''
}

/** The hour or the day that begins at `at`, in local time: `14:00 to 15:00`, `Wed, Mar 4`. */
export function period(at: number, range: Range): string {
  if (range === 'day') return `${clock(at)} to ${clock(at + hourMs)}`
  return new Date(at).toLocaleDateString('en', { weekday: 'short', day: 'numeric', month: 'short' })
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' })

/** `2 min. ago`, `in 3 days`; `just now` below a minute. */
export function relativeTimeText(at: number, now: number): string {
  const distance = at - now
  const [unit, ms] = steps.find(([, length]) => Math.abs(distance) >= length) ?? []
  if (unit === undefined || ms === undefined) return distance > 0 ? 'in a moment' : 'just now'
  return relative.format(Math.trunc(distance / ms), unit).replace('.', '')
}

const two = (value: number) => String(value).padStart(2, '0')

/** `14:03:22.418` in local time. */
export function clockText(at: number): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** `2026-03-04 14:03:22.418` in local time. */
export function exactTimeText(at: number): string {
  return `${dateText(at)} ${clockText(at)}`
}

/** `2026-03-04` in local time. */
export function dateText(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** `14:03` today, else `4 Mar 14:03`. */
export function shortTimeText(at: number, now: number): string {
  const date = new Date(at)
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (dateText(at) === dateText(now)) return time
  return `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })} ${time}`
}

/** Whole days between two moments. */
export function daysBetween(from: number, to: number): number {
  return Math.floor((to - from) / 86_400_000)
}

/** `0.4 ms`, `182 ms`, `1.2 s`. */
export function durationText(micros: number): string {
  if (micros < 10_000) return `${(micros / 1000).toFixed(1)} ms`
  return micros < 1_000_000 ? `${Math.round(micros / 1000)} ms` : `${(micros / 1_000_000).toFixed(1)} s`
}

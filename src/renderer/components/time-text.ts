/** The units of ages with their plurals; those of the clock have none. */
const steps: readonly (readonly [one: string, many: string, ms: number])[] = [
  ['year', 'years', 365 * 86_400_000],
  ['month', 'months', 30 * 86_400_000],
  ['day', 'days', 86_400_000],
  ['h', 'h', 3_600_000],
  ['min', 'min', 60_000],
]

/** `2 min ago`, `in 3 days`; `just now` below a minute. */
export function relativeTimeText(at: number, now: number): string {
  const distance = at - now
  const [one, many, ms] = steps.find(([, , length]) => Math.abs(distance) >= length) ?? []
  if (ms === undefined) return distance > 0 ? 'in a moment' : 'just now'
  const count = Math.floor(Math.abs(distance) / ms)
  const span = `${count} ${count === 1 ? one : many}`
  return distance > 0 ? `in ${span}` : `${span} ago`
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

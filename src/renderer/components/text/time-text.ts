import { withMoments } from '../../../contract/spoken-moment.ts'

/** The units of ages with their plurals; those of the clock have none. */
const steps: readonly (readonly [one: string, many: string, ms: number])[] = [
  ['year', 'years', 365 * 86_400_000],
  ['month', 'months', 30 * 86_400_000],
  ['day', 'days', 86_400_000],
  ['h', 'h', 3_600_000],
  ['min', 'min', 60_000],
]

/** `2 min ago`, `in 3 days`; `just now` below a minute. What is ahead is rounded, so that 90 days are 3 months a minute later as well. */
export function relativeTimeText(at: number, now: number): string {
  const distance = at - now
  if (distance > 0) return aheadText(distance)
  const step = steps.find(([, , length]) => -distance >= length)
  return step ? `${countText(step, Math.floor(-distance / step[2]))} ago` : 'just now'
}

/** The clocks of two machines differ by less than this, in ms, unless one of them is wrong. */
const usualDifferenceMs = 3_600_000

/** Whether what has been bears a time so far ahead that a clock must be wrong, or was when it happened. */
export function isOfWrongClock(at: number, now: number): boolean {
  return at - now >= usualDifferenceMs
}

/** As `relativeTimeText`, of what has been: never ahead, for the clock of the page may be behind the server's. How long ago something was that bears the time of a wrong clock nobody knows: that has its date. */
export function pastTimeText(at: number, now: number): string {
  return isOfWrongClock(at, now) ? dateText(at) : relativeTimeText(Math.min(at, now), now)
}

function aheadText(distance: number): string {
  const place = steps.findIndex(([, , length]) => distance >= length)
  const step = steps[place]
  if (!step) return 'in a moment'
  const count = Math.round(distance / step[2])
  const larger = steps[place - 1]
  return `in ${larger && count * step[2] >= larger[2] ? countText(larger, 1) : countText(step, count)}`
}

function countText([one, many]: (typeof steps)[number], count: number): string {
  return `${count} ${count === 1 ? one : many}`
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

/** `14:03` today, else `4 Mar 14:03`; of another year `4 Mar 2025 14:03`. */
export function shortTimeText(at: number, now: number): string {
  const date = new Date(at)
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (dateText(at) === dateText(now)) return time
  const day = `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })}`
  const year = date.getFullYear()
  return year === new Date(now).getFullYear() ? `${day} ${time}` : `${day} ${year} ${time}`
}

/** A length of time as one says it: `< 1 s`, `40 s`, `3 min`, `2 h 10 min`, `3 d 4 h`. */
export function spanText(ms: number): string {
  const parts = (whole: number, one: string, rest: number, other: string) =>
    rest === 0 ? `${whole} ${one}` : `${whole} ${one} ${rest} ${other}`
  const seconds = Math.max(0, Math.round(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (seconds === 0) return '< 1 s'
  if (minutes === 0) return `${seconds} s`
  if (hours === 0) return `${minutes} min`
  if (hours < 24) return parts(hours, 'h', minutes % 60, 'min')
  return parts(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** Whole days between two moments; none where the second is not the later one, as when the clock of a page lags behind the server's. */
export function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / 86_400_000))
}

/** `< 0.1 ms`, `0.4 ms`, `182 ms`, `1.2 s`. */
export function durationText(micros: number): string {
  if (micros < 50) return '< 0.1 ms'
  if (micros < 9_950) return `${(micros / 1000).toFixed(1)} ms`
  return micros < 999_500 ? `${Math.round(micros / 1000)} ms` : `${(micros / 1_000_000).toFixed(1)} s`
}

/** A sentence of the engine with its moments in local time. */
export function sentenceText(sentence: string, now: number): string {
  return withMoments(sentence, (at) => shortTimeText(at, now))
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** Made when first needed: to make one takes a tenth of a short command's time. */
let relative: Intl.RelativeTimeFormat | undefined

/** `3 hours ago` or `in 2 days`. What is ahead is rounded, so that 90 days are 3 months a minute later as well. */
export function relativeTime(at: number, now: number): string {
  const distance = at - now
  const place = steps.findIndex(([, ms]) => Math.abs(distance) >= ms)
  const step = steps[place]
  if (step === undefined) return 'just now'
  relative ??= new Intl.RelativeTimeFormat('en', { numeric: 'always' })
  const [unit, ms] = step
  if (distance < 0) return relative.format(-Math.floor(-distance / ms), unit)
  const count = Math.round(distance / ms)
  const larger = steps[place - 1]
  return larger && count * ms >= larger[1] ? relative.format(1, larger[0]) : relative.format(count, unit)
}

/** The local date and time, for a person. */
export function absoluteTime(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Both, for a table: `2026-03-04 17:05 (3 hours ago)`; a dash for what has not been. */
export function moment(at: number | null | undefined, now: number): string {
  return at === null || at === undefined ? '-' : `${absoluteTime(at)} (${relativeTime(at, now)})`
}

/** The form of times in JSON output. */
export function isoTime(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString()
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function part(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}`
}

function parts(...given: readonly string[]): string {
  return given.filter((each) => each !== '').join(' ')
}

/** A length of time as one says it: `< 1 s`, `40 s`, `3 min`, `2 h 10 min`, `3 d 4 h`. */
export function spokenDuration(ms: number): string {
  const whole = Math.max(0, ms)
  if (whole < 1000) return '< 1 s'
  if (whole < minute) return `${Math.floor(whole / 1000)} s`
  if (whole < hour) return `${Math.floor(whole / minute)} min`
  if (whole < day) return parts(`${Math.floor(whole / hour)} h`, part(Math.floor((whole % hour) / minute), 'min'))
  return parts(`${Math.floor(whole / day)} d`, part(Math.floor((whole % day) / hour), 'h'))
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** The time of day on this machine, with the date where it is not today's: `14:40`, `2026-03-04 14:40`. */
export function clockTime(at: number, now: number): string {
  const date = new Date(at)
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`
  const today = new Date(now)
  const isToday = date.toDateString() === today.toDateString()
  return isToday ? time : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`
}

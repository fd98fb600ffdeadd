const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string | null): Intl.DateTimeFormat {
  const key = zone ?? ''
  const known = formats.get(key)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(zone === null ? {} : { timeZone: zone }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(key, format)
  return format
}

/** Whether this is a time zone that the machine knows. */
export function isZone(zone: string): boolean {
  try {
    return formatOf(zone).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Minutes since midnight in a time zone; null: that of this machine. */
export function minuteOfDay(at: number, zone: string | null): number {
  const [hours = '0', minutes = '0'] = formatOf(zone).format(at).split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Minutes since midnight of `HH:MM`. */
export function minuteOfClock(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}

const minute = 60_000
const day = 24 * 60

/** The next moment, later than `at`, when the clocks of a time zone show this minute of the day. Where a clock change skips it, it is as much later as the clocks were put forward, as for backups. */
export function nextAtMinute(at: number, minuteWanted: number, zone: string | null): number {
  const wait = (minuteWanted - minuteOfDay(at, zone) + day) % day || day
  const guess = (Math.floor(at / minute) + wait) * minute
  // Clocks that were put forward or back in between show another minute.
  const off = ((minuteWanted - minuteOfDay(guess, zone) + day * 1.5) % day) - day / 2
  const shown = guess + off * minute
  return minuteOfDay(shown, zone) === minuteWanted ? shown : guess
}

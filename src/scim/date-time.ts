const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?)?$/
const dateAlone = /^\d{4}-\d\d-\d\d$/
const minute = 60_000
const day = 86_400_000
const earliest = Date.parse('0001-01-01T00:00:00Z')
const afterLatest = Date.parse('9999-12-31T23:59:59.999Z') + 1

/**
 * The instant that an xsd:dateTime (RFC 7643 §2.3.5) names, in milliseconds since the epoch; undefined when the text is none.
 * Digits beyond the millisecond are cut off. `24:00:00` is the start of the next day, as in XML Schema; there is no leap second.
 * A text without a zone is refused unless `zone` says to take it for UTC; a date alone, which is no xsd:dateTime, is the start of its day then.
 */
export function parseDateTime(text: string, options: { readonly zone?: 'required' | 'utc' } = {}): number | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, year, month, date, hours = '0', minutes = '0', seconds = '0', fraction, zone] = match
  if (zone === undefined && options.zone !== 'utc') return undefined
  const midnight = midnightOf(Number(year), Number(month), Number(date))
  const time = timeOfDay(Number(hours), Number(minutes), Number(seconds), milliseconds(fraction))
  const offset = zoneOffset(zone)
  if (midnight === undefined || time === undefined || offset === undefined) return undefined
  const instant = midnight + time - offset
  return instant >= earliest && instant < afterLatest ? instant : undefined
}

/** Whether a text has the form of a date without a time, as in `2026-11-23`. */
export function isDateAlone(text: string): boolean {
  return dateAlone.test(text)
}

/** Writes an instant as `2026-11-23T01:02:03.004Z`: always UTC, always milliseconds, so that texts sort as instants do. */
export function formatDateTime(instant: number): string {
  if (!(instant >= 0 && instant < afterLatest)) return new Date(instant).toISOString()
  const time = instant % day
  const seconds = Math.floor(time / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${dateText((instant - time) / day)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${three(time % 1000)}Z`
}

/** `2026-11-23` for the number of days since the epoch; every resource that is answered is written with two of them. */
function dateText(days: number): string {
  // The civil calendar from a count of days: years begin with March, eras have 400 years.
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${two(month)}-${two(date)}`
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`
}

function three(number: number): string {
  return number < 10 ? `00${number}` : number < 100 ? `0${number}` : `${number}`
}

function midnightOf(year: number, month: number, date: number): number | undefined {
  if (year < 1 || month < 1 || month > 12 || date < 1) return undefined
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  const midnight = Date.UTC(year + 400, month - 1, date)
  if (new Date(midnight).getUTCDate() !== date) return undefined
  return midnight - 146_097 * day
}

function timeOfDay(hours: number, minutes: number, seconds: number, rest: number): number | undefined {
  if (minutes > 59 || seconds > 59) return undefined
  const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
  return time <= day ? time : undefined
}

function milliseconds(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'))
}

function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const minutes = Number(zone.slice(4))
  const offset = Number(zone.slice(1, 3)) * 60 + minutes
  if (minutes > 59 || offset > 14 * 60) return undefined
  return (zone.startsWith('-') ? -offset : offset) * minute
}

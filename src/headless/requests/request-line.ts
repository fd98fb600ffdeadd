import { amount } from '../../main/text/amount.ts'
import { styleText } from 'node:util'
import { requestPhrase } from '../../contract/request-phrase.ts'
import type { JournalEntry } from '../../main/journal/journal-entry.ts'
import { absoluteTime } from '../../main/text/moment-text.ts'
import { printable } from '../terminal/printable.ts'

function statusText(status: number): string {
  if (status === 0) return '  –'
  if (status >= 500) return styleText('red', String(status))
  return status >= 400 ? styleText('yellow', String(status)) : styleText('green', String(status))
}

/** How long a request took, in a unit that keeps the number short. */
export function tookText(micros: number): string {
  return micros < 1000
    ? `${micros} µs`
    : micros < 1_000_000
      ? `${(micros / 1000).toFixed(1)} ms`
      : `${(micros / 1e6).toFixed(1)} s`
}

const longestTarget = 160

/** A filter may make an address longer than a screen; `requests show` has the whole. */
function shortened(target: string): string {
  return target.length <= longestTarget ? target : `${target.slice(0, longestTarget - 1)}…`
}

/** One request as one line for a person. */
export function requestLine(entry: JournalEntry): string {
  if (entry.lost !== undefined) return `… ${amount(entry.lost, 'request was', 'requests were')} not recorded here`
  const seconds = String(new Date(entry.at).getSeconds()).padStart(2, '0')
  return [
    String(entry.id).padStart(6),
    `${absoluteTime(entry.at)}:${seconds}`,
    statusText(entry.status),
    entry.method.padEnd(6),
    (entry.status === 0 ? '–' : tookText(entry.durationMicros)).padStart(8),
    printable(entry.integrationSlug ?? '-'),
    printable(requestPhrase(entry.classification, entry.subject)),
    printable(shortened(entry.target)),
  ].join('  ')
}

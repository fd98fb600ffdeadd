import type { ScimError } from '../error.ts'
import type { Notes } from '../note.ts'
import { refusedDeparture, type Departure } from './refused-departure.ts'

/** What is to be thrown where the notes are strict and what was sent is refused for that alone; `sentence` says what to send instead. */
export function refusedBecauseStrict(notes: Notes, fail: (detail: string) => ScimError, sentence: string): ScimError {
  notes.add({ step: 'parse', code: 'strict-refused' })
  return fail(`This integration is strict. ${sentence}`)
}

/** Notes a departure from the RFC that is accepted, or throws `fail(detail)` when the notes are strict. */
export function departFrom(notes: Notes | undefined, fail: (detail: string) => ScimError, departure: Departure): void {
  if (notes === undefined) return
  if (notes.strict) throw refusedBecauseStrict(notes, fail, refusedDeparture(departure))
  notes.add(departure)
}

import type { ScimError } from './error.ts'
import type { Notes } from './note.ts'
import { refusedDeparture, type Departure } from './refused-departure.ts'

/** Notes a departure from the RFC that is accepted, or throws `fail(detail)` when the notes are strict. */
export function departFrom(notes: Notes | undefined, fail: (detail: string) => ScimError, departure: Departure): void {
  if (notes === undefined) return
  if (notes.strict) {
    notes.add({ step: 'parse', code: 'strict-refused' })
    throw fail(refusedDeparture(departure))
  }
  notes.add(departure)
}

import type { ScimError } from './error.ts'
import type { Note, Notes } from './note.ts'
import { quoted } from './quoted.ts'

/** Notes a departure from the RFC that is accepted, or throws `fail(detail)` when the notes are strict. */
export function departFrom(notes: Notes | undefined, fail: (detail: string) => ScimError, note: Note): void {
  if (notes === undefined) return
  if (notes.strict) throw fail(refusal(note))
  notes.add(note)
}

function refusal(note: Note): string {
  const about = note.path === undefined ? '' : ` at ${quoted(note.path)}`
  const instead = note.taken === undefined ? '' : `; write ${note.taken}`
  return `This integration is strict and does not accept ${note.code.replaceAll('-', ' ')}${about}${instead}.`
}

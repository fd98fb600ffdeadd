import { invalidValue } from '../error.ts'
import type { Field } from '../model/field.ts'
import type { Notes } from '../note.ts'

/** Checks that a password is text and lets it go: it is never kept, and no note shows anything of it. */
export function ignorePassword(field: Field, input: unknown, notes: Notes): void {
  if (input === null || input === undefined || input === '') return
  if (typeof input !== 'string') throw invalidValue(`"${field.path}" must be text.`)
  notes.add({ step: 'parse', code: 'password-not-kept', path: field.path })
}

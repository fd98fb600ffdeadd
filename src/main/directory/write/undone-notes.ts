import type { Note } from '../../../scim/note.ts'
import { noteCodes } from './record-change.ts'

const ofChanges: ReadonlySet<string> = new Set([
  ...Object.values(noteCodes),
  'members-added',
  'members-removed',
  'deactivated',
  'reactivated',
  'adopted',
  'deactivated-instead',
  'unchanged',
])

/** The notes of something that was undone: those of what it had changed till then are not true any more. */
export function withoutChanges(notes: readonly Note[]): readonly Note[] {
  return notes.filter(({ code }) => !ofChanges.has(code))
}

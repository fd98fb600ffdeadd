import { notFound } from '../../../scim/error.ts'
import type { Notes } from '../../../scim/note.ts'

/** Tells in the trace that the integration sees no groups: the client is answered as if there were none. */
export function noteGroupsOff(notes: Notes): void {
  notes.add({ step: 'rule', code: 'groups-off' })
}

/** 404 for whatever group an integration asks for that has groups switched off; whether there is one is told to nobody. */
export function groupsAreOff(notes: Notes): never {
  noteGroupsOff(notes)
  throw notFound('Groups are switched off for this integration, so it has none. Switch them on in its policy.')
}

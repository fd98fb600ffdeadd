import type { Notes } from '../../scim/note.ts'

/** Tells in the trace that the integration sees no groups: the client is answered as if there were none. */
export function noteGroupsOff(notes: Notes): void {
  notes.add({ step: 'rule', code: 'groups-off' })
}

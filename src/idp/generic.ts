import type { Idp } from './idp.ts'
import { eventRhythm } from './rhythm.ts'

/** Any other client of the protocol. */
export const generic: Idp = {
  id: 'generic',
  displayName: 'Another SCIM client',
  spokenName: 'the identity provider',
  isInTheCloud: false,
  rhythm: eventRhythm(),
  dialects: [],
  traits: [],
}

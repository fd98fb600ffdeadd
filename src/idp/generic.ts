import type { Idp } from './idp.ts'
import { eventRhythm } from './rhythm.ts'

/** Any other client of the protocol. */
export const generic: Idp = {
  id: 'generic',
  displayName: 'Identity provider',
  isInTheCloud: false,
  rhythm: eventRhythm(),
  dialects: [],
  traits: [],
}

import type { Idp } from './idp.ts'

/** Any other client of the protocol. */
export const generic: Idp = { id: 'generic', displayName: 'Identity provider', dialects: [], traits: [] }

import type { Note } from '../scim/note.ts'
import type { ObservedRequest } from './observed-request.ts'
import type { Rhythm } from './rhythm.ts'

export const idpIds = [
  'entra',
  'okta',
  'onelogin',
  'jumpcloud',
  'ping',
  'cyberark',
  'authentik',
  'keycloak',
  'google',
  'generic',
] as const

export type IdpId = (typeof idpIds)[number]

/** Something that an IdP sends although the RFC does not say so. */
export interface Dialect {
  /** The code of the note that is left when it is accepted. */
  readonly code: string
  /** One sentence for a person: who does it, and which setting changes it if one does. */
  readonly sentence: string
  /** The recorded exchange that proves it. */
  readonly transcript?: string
  /** Whether the sentence is worth saying when it is not known which IdP sent the request. */
  readonly isTypical?: boolean
  /** Whether the sentence is true of a note of this code; of every one where it is not given. */
  isAbout?(note: Note): boolean
}

/** How sure a trait makes: `certain` for a name that a vendor documents, never for the shape of a request alone. */
export type Certainty = 'certain' | 'likely' | 'guess'

/** A sign by which requests of an IdP are told from others. */
export interface Trait {
  readonly certainty: Certainty
  /** The end of the sentence "This looks like X because …". */
  readonly because: string
  isIn(request: ObservedRequest): boolean
}

export interface Idp {
  readonly id: IdpId
  readonly displayName: string
  /** What it is called within a sentence, where that is not its name. */
  readonly spokenName?: string
  /** Whether it is a service somewhere else, rather than one that people run beside Rollcall. */
  readonly isInTheCloud: boolean
  readonly rhythm: Rhythm
  readonly dialects: readonly Dialect[]
  readonly traits: readonly Trait[]
}

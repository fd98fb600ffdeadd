import { authentik } from './authentik.ts'
import { cyberark } from './cyberark.ts'
import { entra } from './entra.ts'
import { generic } from './generic.ts'
import { google } from './google.ts'
import type { Note } from '../scim/note.ts'
import { idpIds, type Dialect, type Idp, type IdpId } from './idp.ts'
import { jumpcloud } from './jumpcloud.ts'
import { keycloak } from './keycloak.ts'
import { okta } from './okta.ts'
import { onelogin } from './onelogin.ts'
import { ping } from './ping.ts'

/** Every IdP that is known, by its id. */
export const idps: { readonly [Id in IdpId]: Idp } = {
  entra,
  okta,
  onelogin,
  jumpcloud,
  ping,
  cyberark,
  authentik,
  keycloak,
  google,
  generic,
}

/** What an IdP is called within a sentence. */
export function spokenName(id: IdpId): string {
  return idps[id].spokenName ?? idps[id].displayName
}

/** What this IdP is known to do that leaves such a note. */
export function dialectOf(id: IdpId, note: Note): Dialect | undefined {
  return idps[id].dialects.find((each) => each.code === note.code && each.isAbout?.(note) !== false)
}

/** Whose habits explain a request: the first of those who may have sent it, by their ids, of whom any are known. Undefined where nobody knows. */
export function explainingIdp(...candidates: readonly (string | null | undefined)[]): IdpId | undefined {
  for (const each of candidates) {
    const known = idpIds.find((id) => id === each)
    if (known !== undefined && known !== 'generic') return known
  }
  return undefined
}

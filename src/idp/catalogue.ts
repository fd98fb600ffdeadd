import { authentik } from './authentik.ts'
import { cyberark } from './cyberark.ts'
import { entra } from './entra.ts'
import { generic } from './generic.ts'
import { google } from './google.ts'
import type { Dialect, Idp, IdpId } from './idp.ts'
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

/** What this IdP is known to do that leaves notes of this code. */
export function dialectOf(id: IdpId, code: string): Dialect | undefined {
  return idps[id].dialects.find((each) => each.code === code)
}

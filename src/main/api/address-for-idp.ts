import { idps } from '../../idp/catalogue.ts'
import { idpIds } from '../../idp/idp.ts'
import type { Engine } from '../engine.ts'
import { isLoopbackUrl } from '../public-url.ts'

/** Whether an IdP is somewhere else, so that it cannot reach an address of this machine. */
export function needsPublicUrl(idp: string): boolean {
  const known = idpIds.find((id) => id === idp)
  return known !== undefined && idps[known].isInTheCloud
}

/** Whether an IdP has an address to come to: one in the cloud needs a public URL, and none that names this machine. */
export function hasAddressFor({ endpoint }: Engine, idp: string): boolean {
  const url = endpoint.choice().publicUrl.value
  return !needsPublicUrl(idp) || (url !== undefined && !isLoopbackUrl(url))
}

import type { Engine } from '../engine.ts'
import { isLoopbackUrl } from '../public-url.ts'

/** IdPs that are somewhere else, so that they cannot reach an address of this machine. */
export const inTheCloud: ReadonlySet<string> = new Set(['entra', 'okta', 'onelogin', 'jumpcloud', 'ping', 'google'])

/** Whether an IdP has an address to come to: one in the cloud needs a public URL, and none that names this machine. */
export function hasAddressFor({ endpoint }: Engine, idp: string): boolean {
  const url = endpoint.choice().publicUrl.value
  return !inTheCloud.has(idp) || (url !== undefined && !isLoopbackUrl(url))
}

import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** An address that a name stands for. */
export interface ResolvedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Finds the addresses of a host. Rejects when there are none. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>

export const resolveByDns: Resolve = async (host) => {
  const found = await lookup(host, { all: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

export type Target =
  | { readonly kind: 'allowed'; readonly address: ResolvedAddress }
  /** The name leads into a network where only those may be called that the admin named. */
  | { readonly kind: 'refused'; readonly problem: string }

/**
 * The address to connect to, looked up once: whoever answers the name differently a moment later (DNS rebinding) gets no second question.
 * One private address among them is enough to refuse the name.
 */
export async function resolveTarget(host: string, allowsPrivate: boolean, resolve: Resolve): Promise<Target> {
  const family = isIP(host)
  const addresses: readonly ResolvedAddress[] =
    family === 0 ? await resolve(host) : [{ address: host, family: family === 6 ? 6 : 4 }]
  const [first] = addresses
  if (first === undefined) throw new Error(`No address was found for ${host}.`)
  const hidden = addresses.find(({ address }) => !isPublicAddress(address))
  if (hidden !== undefined && !allowsPrivate)
    return {
      kind: 'refused',
      problem: `${host} leads to ${hidden.address}, which is not public. If it is meant, allow ${host} by name.`,
    }
  return { kind: 'allowed', address: first }
}

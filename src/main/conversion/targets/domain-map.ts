import { fold } from '../../../scim/text/fold.ts'
import { addressParts } from './email-address.ts'

/** Domains to be replaced, by folded name. */
export type DomainMap = ReadonlyMap<string, string>

export function createDomainMap(entries: Readonly<Record<string, string>>): DomainMap {
  return new Map(Object.entries(entries).map(([from, to]) => [fold(from), to]))
}

/** The address in the domain that its own is mapped to; undefined where it is not mapped, or no address at all. */
export function mapDomain(map: DomainMap, address: string): string | undefined {
  const parts = map.size === 0 ? undefined : addressParts(address)
  const domain = parts && map.get(fold(parts.domain))
  return parts && domain !== undefined ? `${parts.local}@${domain}` : undefined
}

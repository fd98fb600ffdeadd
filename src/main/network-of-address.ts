import { isIPv6 } from 'node:net'

/** The eight groups of an IPv6 address as numbers, its zone left out. */
function groupsOf(address: string): readonly number[] {
  const [before = '', after] = address.replace(/%.*$/, '').split('::')
  const read = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)))
  const head = read(before)
  if (after === undefined) return head
  const tail = read(after)
  return [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => 0), ...tail]
}

/**
 * Whom an address belongs to: of an IPv6 address its network of 64 bits, for whoever has one address of it has them all (RFC 4291 §2.5.1, RFC
 * 6177); any other text as it is, an IPv4 address within IPv6 (`::ffff:192.0.2.1`) included.
 */
export function networkOfAddress(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const network = groupsOf(address).slice(0, 4)
  return `${network.map((group) => group.toString(16)).join(':')}::/64`
}

import { isIPv6 } from 'node:net'

/** An IPv6 address as it stands in a URL, without its brackets; any other text as it is. */
export function withoutBrackets(host: string): string {
  const inner = /^\[(.*)\]$/.exec(host)?.[1]
  return inner !== undefined && isIPv6(inner) ? inner : host
}

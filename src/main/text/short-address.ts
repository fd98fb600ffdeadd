import { isIP } from 'node:net'

/**
 * Whether a text is one of the short forms of an IPv4 address that the system takes too: `0` is every address of the machine, `127.1` and
 * `0x7f000001` are this machine. Whoever has mistyped an address, or left out the option for a port, would listen where nobody meant it. No name ends in a number.
 */
export function isShortAddress(host: string): boolean {
  return isIP(host) === 0 && /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i.test(host)
}

import { BlockList, isIP } from 'node:net'

/** Addresses of no public host (RFC 6890 and its updates). One list each: in a common one ::ffff:0:0/96 holds all of IPv4. */
const notPublicV4 = new BlockList()
const notPublicV6 = new BlockList()

const v4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Those that stand for an IPv4 address are among them: no public host has only such a one. */
const v6: readonly (readonly [string, number])[] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]
for (const [network, prefix] of v4) notPublicV4.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of v6) notPublicV6.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address is one that anybody in the internet may have; what is no address, or one with a zone, is not. */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false
  switch (isIP(address)) {
    case 4:
      return !notPublicV4.check(address, 'ipv4')
    case 6:
      return !notPublicV6.check(address, 'ipv6')
    default:
      return false
  }
}

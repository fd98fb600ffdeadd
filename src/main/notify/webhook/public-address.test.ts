import { describe, expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'
import { resolveTarget, type ResolvedAddress } from './resolve-target.ts'

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.255',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fe80::1%lo',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    'fec0::1',
    'localhost',
    '',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
})

describe('a target', () => {
  const v4 = (address: string): ResolvedAddress => ({ address, family: 4 })
  const answers =
    (...addresses: readonly ResolvedAddress[]) =>
    () =>
      Promise.resolve(addresses)

  it('is looked up once, and that address is the one to connect to', async () => {
    let asked = 0
    const target = await resolveTarget('hooks.example.com', false, () => {
      asked += 1
      return Promise.resolve([v4(asked === 1 ? '8.8.8.8' : '127.0.0.1')])
    })
    expect(target).toEqual({ kind: 'allowed', address: v4('8.8.8.8') })
    expect(asked).toBe(1)
  })

  it('is refused when a single one of its addresses is private, unless the admin named it', async () => {
    const mixed = answers(v4('8.8.8.8'), v4('10.0.0.1'))
    expect(await resolveTarget('hooks.example.com', false, mixed)).toMatchObject({ kind: 'refused' })
    expect(await resolveTarget('hooks.example.com', true, mixed)).toMatchObject({ kind: 'allowed' })
  })

  it('that is an address is not looked up', async () => {
    const never = () => Promise.reject(new Error('asked'))
    expect(await resolveTarget('169.254.169.254', false, never)).toMatchObject({ kind: 'refused' })
    expect(await resolveTarget('::1', false, never)).toMatchObject({ kind: 'refused' })
    expect(await resolveTarget('8.8.8.8', false, never)).toMatchObject({ kind: 'allowed' })
  })
})

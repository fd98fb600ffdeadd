import { expect, test } from 'vitest'
import { consoleOrigin, requireSafeAddress } from './console-address.ts'

const beyond = { host: '0.0.0.0', port: 7644, url: undefined }

test('a console on this machine needs nothing', () => {
  for (const host of ['127.0.0.1', '::1', 'localhost'])
    expect(() => requireSafeAddress({ ...beyond, host }, { tls: false, password: false })).not.toThrow()
})

test('beyond it, TLS, a password and, on all addresses at once, a name are required', () => {
  expect(() => requireSafeAddress(beyond, { tls: false, password: true })).toThrow('TLS')
  expect(() => requireSafeAddress(beyond, { tls: true, password: false })).toThrow('password')
  expect(() => requireSafeAddress(beyond, { tls: true, password: true })).toThrow('--console-url')
  const named = { ...beyond, url: 'https://rollcall.example.com' }
  expect(() => requireSafeAddress(named, { tls: true, password: true })).not.toThrow()
  const one = { ...beyond, host: '10.0.0.7' }
  expect(() => requireSafeAddress(one, { tls: true, password: true })).not.toThrow()
})

test.each([
  [{ host: '127.0.0.1', port: 0, url: undefined }, 7644, false, 'http://127.0.0.1:7644'],
  [{ host: '::1', port: 0, url: undefined }, 7644, false, 'http://[::1]:7644'],
  [{ host: '10.0.0.7', port: 0, url: undefined }, 443, true, 'https://10.0.0.7'],
  [{ host: '0.0.0.0', port: 0, url: 'https://rollcall.example.com/' }, 7644, true, 'https://rollcall.example.com'],
])('the origin of %j on port %d', (address, port, isTls, origin) => {
  expect(consoleOrigin(address, port, isTls)).toBe(origin)
})

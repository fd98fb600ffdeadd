import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

const password = 'correct horse'
const secret = new Secret(password)

test('reveals its value on demand', () => {
  expect(secret.reveal()).toBe(password)
})

test.each([
  ['text', String(secret)],
  ['a joined list', [secret, secret].join()],
  ['JSON', JSON.stringify({ smtp: { password: secret } })],
  ['inspect', inspect({ smtp: { password: secret } }, { depth: 9, showHidden: true })],
  ['console formatting', format('%s %o %j', secret, secret, secret)],
])('never shows its value in %s', (_, text) => {
  expect(text).toContain('[secret]')
  expect(text).not.toContain(password)
})

test('does not give its value to a copy', () => {
  expect(JSON.stringify(structuredClone(secret))).toBe('{}')
  expect(Object.keys(secret)).toEqual([])
})

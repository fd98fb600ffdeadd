import { expect, it } from 'vitest'
import { isEmailAddress, isShortName } from './email-address.ts'

it.each([
  'ada@example.com',
  'Ada.Lovelace+scim@Sub.Example.co.uk',
  "o'neill@example.com",
  'jos\u00e9@example.com',
  '\u7530\u4e2d@\u4f8b\u3048.jp',
  `${'a'.repeat(64)}@example.com`,
  'a@xn--bcher-kva.example',
])('%s is an e-mail address', (text) => {
  expect(isEmailAddress(text)).toBe(true)
})

it.each([
  '',
  'ada',
  'ada@',
  '@example.com',
  'ada@localhost',
  'ada@example..com',
  'ada@-example.com',
  'ada@example.123',
  'ada.@example.com',
  'ada..l@example.com',
  'ada l@example.com',
  'ada@exam ple.com',
  'a@b@example.com',
  '"ada l"@example.com',
  'ada\uff20example.com',
  'ada@example\uff0ecom',
  'ada@example.com\n',
  `${'a'.repeat(65)}@example.com`,
  `\u00e9${'a'.repeat(63)}@example.com`,
  `a@${'b'.repeat(64)}.com`,
  `a@${'b.'.repeat(130)}com`,
])('%j is none', (text) => {
  expect(isEmailAddress(text)).toBe(false)
})

it('a short name has neither blanks nor an @, nor what cannot be seen', () => {
  expect(['jsmith', 'j.smith-2', 'CORP\\jsmith', '\u00fc'].map(isShortName)).toEqual([true, true, true, true])
  expect(['', 'j smith', 'j@smith', 'j\u200bsmith', 'j\u0000', 'x'.repeat(257)].map(isShortName)).toEqual(
    Array.from({ length: 6 }, () => false),
  )
})

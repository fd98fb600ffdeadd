import { expect, test } from 'vitest'
import { createToken } from '../../administration/integrations/new-token.ts'
import { tokenSlip } from './token-slip.ts'

const token = createToken().token.reveal()
/** As Node hands a header on: the bytes of its UTF-8 as Latin-1. */
const asHeader = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

test.each([
  [`Bearer "${token}"`, 'quotes'],
  [`Bearer '${token}'`, 'quotes'],
  [`Bearer “${token}”`, 'quotes'],
  [`"Bearer ${token}"`, 'quotes'],
  [`Bearer {${token}}`, 'brackets'],
  [`Bearer <${token}>`, 'brackets'],
  [`Bearer Bearer ${token}`, 'bearer-twice'],
  [token, 'bearer-missing'],
  [`Bearer: ${token}`, 'bearer-sign'],
  [`Authorization: Bearer ${token}`, 'header-name'],
  [`Bearer ${token}\\n`, 'line-break'],
  [`Bearer ${token}%0D%0A`, 'line-break'],
  [`Bearer\t${token}`, 'blank'],
  [`Bearer \u00a0${token}`, 'blank'],
  [`Bearer ${token}\u200b`, 'blank'],
  [`Bearer ${token}\u00a0`, 'blank'],
  [`Bearer ${token.slice(0, 20)} ${token.slice(20)}`, 'blank'],
  [`Bearer ${token},`, 'more'],
  [`Bearer token=${token}`, 'more'],
  [`Bearer ${token.slice(0, 11)}…`, 'more'],
])('%j', (header, slip) => {
  expect(tokenSlip(asHeader(header))?.slip).toBe(slip)
})

test('a token that is not whole, or none of these, is told from its form', () => {
  expect(tokenSlip(`Bearer ${token.slice(0, -2)}`)).toEqual({ slip: 'cut-off', token: undefined })
  expect(tokenSlip(`Bearer ${token}${token}`)).toEqual({ slip: 'too-long', token: undefined })
  expect(tokenSlip(`Bearer ${token.toUpperCase()}`)).toEqual({ slip: 'letter-case', token: undefined })
  expect(tokenSlip('Bearer https://scim.example.com/scim/okta/v2')).toEqual({ slip: 'address', token: undefined })
  expect(tokenSlip(`Bearer ${token.slice(1)}`)).toEqual({ slip: 'foreign', token: undefined })
  expect(tokenSlip(`Bearer "${token}"`)).toEqual({ slip: 'quotes', token })
})

test.each([`Bearer ${token}`, `Token ${token}`, 'Bearer', '', 'Basic dXNlcjpwYXNz', 'Bearer two words'])(
  'nothing is made up about %j',
  (header) => {
    expect(tokenSlip(header)).toBeUndefined()
  },
)

test('a run of blanks as long as a header can be costs no more than another text', () => {
  for (const blank of [' ', '\t', '\u00a0', '\u00c2\u00a0', '\u00e2\u0080\u008b', '\u00ef\u00bb\u00bf', '%20', '+']) {
    const run = blank.repeat(5000)
    expect(tokenSlip(`Bearer ${token}${run}!`)?.slip).toBe('more')
    expect(tokenSlip(`Bearer ${token}${run}`)?.slip).toBe('blank')
  }
})

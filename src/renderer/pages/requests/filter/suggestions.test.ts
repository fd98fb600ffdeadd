import { expect, test } from 'vitest'
import { parseRequestFilter } from '../../../../contract/request-filter.ts'
import { suggestionsFor, typedField } from './suggestions.ts'

const known = {
  integrations: [{ slug: 'entra-id', name: 'Entra ID production' }],
  phrases: ['disable user', 'create user'],
  addresses: ['20.50.2.1'],
  names: ['ana@example.com', 'Ana "A" Moss'],
}
const texts = (draft: string) => suggestionsFor(draft, known).map(({ text }) => text)

test('offers fields for the beginning of a word, with its minus', () => {
  expect(texts('in')).toEqual(['integration:'])
  expect(texts('-p')).toEqual(['-path:'])
  expect(texts('')).toHaveLength(14)
  expect(texts('two words')).toEqual([])
})

test('offers what fits behind a field, by value or by meaning', () => {
  expect(texts('status:4')).toEqual([
    'status:4xx',
    'status:400',
    'status:401',
    'status:403',
    'status:404',
    'status:409',
    'status:412',
    'status:429',
  ])
  expect(texts('status:conflict')).toEqual(['status:409'])
  expect(texts('integration:prod')).toEqual(['integration:entra-id'])
  expect(texts('-op:dis')).toEqual(['-op:"disable user"'])
  expect(texts('from:')).toEqual(['from:20.50.2.1'])
})

test('whatever is offered as a whole token can be read', () => {
  for (const draft of [
    'status:',
    'method:',
    'op:',
    'user:',
    'idp:',
    'ms:',
    'is:',
    'since:',
    'until:',
    'path:',
    '-user:',
  ])
    for (const { text, isWhole } of suggestionsFor(draft, known)) {
      expect(isWhole).toBe(true)
      expect(parseRequestFilter(text)).toMatchObject({ ok: true, terms: [{}] })
    }
})

test('knows whose value is being typed', () => {
  expect(typedField('user:an')).toEqual({ field: 'user', value: 'an' })
  expect(typedField('-op:"disable u')).toEqual({ field: 'op', value: 'disable u' })
  expect(typedField('urn:ietf')).toBeUndefined()
})

import { expect, test } from 'vitest'
import type { PlainAttribute, Schema } from '../../../../contract/schemas.ts'
import { draftOf, pathText, resourceOf, valueAt, withValueAt, withoutBlanksAround } from './draft.ts'

const custom = 'urn:example:acme:2.0:User'

function plain(name: string, isWritable = true): PlainAttribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description: '',
    required: false,
    isWritable,
    canonicalValues: [],
  }
}

const schemas: readonly Schema[] = [
  {
    urn: 'urn:user',
    name: 'User',
    kind: 'core',
    attributes: [
      { ...plain('userName'), subAttributes: [] },
      { ...plain('groups', false), subAttributes: [] },
      { ...plain('emails'), type: 'complex', multiValued: true, subAttributes: [plain('value'), plain('$ref', false)] },
    ],
  },
  { urn: custom, name: 'Custom', kind: 'custom', attributes: [{ ...plain('badge'), subAttributes: [] }] },
]

test('a draft holds what can be written, and nothing else', () => {
  const resource = {
    id: '7',
    userName: 'ana',
    groups: [],
    emails: [{ value: 'a@x.test', $ref: 'x' }],
    [custom]: { badge: '7', gone: true },
  }
  expect(draftOf(schemas, resource)).toEqual({
    userName: 'ana',
    emails: [{ value: 'a@x.test' }],
    [custom]: { badge: '7' },
  })
})

test('a value is set, found and taken out at its place, and the draft before stays', () => {
  const before = { emails: [{ value: 'a' }] }
  const after = withValueAt(withValueAt(before, ['emails', 1, 'value'], 'b'), [custom, 'badge'], '7')
  expect(after).toEqual({ emails: [{ value: 'a' }, { value: 'b' }], [custom]: { badge: '7' } })
  expect(valueAt(after, ['emails', 1, 'value'])).toBe('b')
  expect(withValueAt(after, ['emails', 0], undefined)).toMatchObject({ emails: [{ value: 'b' }] })
  expect(before).toEqual({ emails: [{ value: 'a' }] })
})

test('a place is named as the engine names it', () => {
  expect(pathText(['emails', 1, 'value'], [custom])).toBe('emails[1].value')
  expect(pathText([custom, 'badge', 0], [custom])).toBe(`${custom}:badge[0]`)
  expect(pathText(['name', 'givenName'], [custom])).toBe('name.givenName')
})

test('blanks around what was typed are left out, and those that stood there before stay', () => {
  const before = { title: ' Clerk ', emails: [{ value: 'a@x.test' }] }
  const draft = { ...before, userName: '\tana ', nickName: '  ', emails: [{ value: ' b@x.test' }], active: true }
  expect(resourceOf(withoutBlanksAround(draft, before))).toEqual({
    userName: 'ana',
    title: ' Clerk ',
    emails: [{ value: 'b@x.test' }],
    active: true,
  })
})

test('what was left empty is not sent, but the places of a list keep their numbers', () => {
  expect(
    resourceOf({
      userName: 'ana',
      title: '',
      name: { givenName: '', familyName: '' },
      active: false,
      emails: [
        { value: '', type: 'work', primary: true },
        { value: 'b', type: '' },
      ],
      [custom]: { badge: '' },
    }),
  ).toEqual({ userName: 'ana', active: false, emails: [{}, { value: 'b' }] })
})

import { assert as check, boolean, constantFrom, dictionary, jsonValue, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../error.ts'
import type { JsonObject, Resource } from '../json/json.ts'
import { createModels } from '../model/models.ts'
import { normalizeResource } from './normalize.ts'
import { createNotes } from '../note.ts'
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from '../urn.ts'

const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'
const { user, group } = createModels([
  { name: 'costBucket', type: 'string', multiValued: false, urn: acme },
  { name: 'level', type: 'integer', multiValued: false, urn: acme },
  { name: 'rate', type: 'decimal', multiValued: false, urn: acme },
  { name: 'hiredAt', type: 'dateTime', multiValued: false, urn: acme },
  { name: 'tags', type: 'string', multiValued: true, urn: acme },
])

/** Bodies are short here: that most have no `schemas` is left out of the codes. */
function read(input: unknown, model = user): { resource: Resource; codes: readonly string[] } {
  const notes = createNotes()
  const resource = normalizeResource(model, input, { notes, purpose: 'create' })
  const codes = notes.list.map((each) => each.code)
  return { resource, codes: codes.filter((code) => code !== 'message-schema-missing') }
}

/** A user with these attributes, without those that every one has. */
function alice(attributes: JsonObject): JsonObject {
  const { schemas: _, userName: __, ...rest } = read({ userName: 'alice', ...attributes }).resource
  return rest
}

function failure(input: unknown, model = user, strict = false): string {
  try {
    normalizeResource(model, input, { notes: createNotes(strict), purpose: 'create' })
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType} ${error.detail}`
    throw error
  }
  return 'none'
}

describe('names', () => {
  it('are matched in any letter case and stored as the schema spells them', () => {
    expect(alice({ DISPLAYNAME: 'A', NAME: { GivenName: 'B' }, Emails: [{ Value: 'a@b', TYPE: 'work' }] })).toEqual({
      displayName: 'A',
      name: { givenName: 'B' },
      emails: [{ value: 'a@b', type: 'work' }],
    })
  })

  it.each([
    ['userName', { userName: 'bob', username: 'alice' }, { userName: 'alice' }],
    ['name.givenName', { name: { givenName: 'B', GIVENNAME: 'A' } }, { name: { givenName: 'A' } }],
    ['emails.value', { emails: [{ value: 'b@x', Value: 'a@x' }] }, { emails: [{ value: 'a@x' }] }],
    [
      `${enterpriseUserSchemaUrn}:department`,
      { [enterpriseUserSchemaUrn]: { department: 'B', Department: 'A' } },
      { [enterpriseUserSchemaUrn]: { department: 'A' } },
    ],
  ])('of %s in two letter cases are one name: the last one counts, and that is told', (path, given, taken) => {
    const notes = createNotes()
    const body = { schemas: [userSchemaUrn, enterpriseUserSchemaUrn], userName: 'alice', ...given }
    const resource = normalizeResource(user, body, { notes, purpose: 'create' })
    expect(resource).toMatchObject(taken)
    expect(notes.list).toEqual([{ step: 'parse', code: 'repeated-attribute', path }])
    expect(failure(body, user, true)).toContain(`400 invalidSyntax This integration is strict. "${path}" is given`)
  })

  it('in two forms add up, and only what both give is told', () => {
    const { resource, codes } = read({ userName: 'a', name: { familyName: 'F' }, 'name.givenName': 'G' })
    expect([resource['name'], codes]).toEqual([{ familyName: 'F', givenName: 'G' }, ['dotted-key']])
    const both = read({ userName: 'a', name: { givenName: 'B', familyName: 'F' }, 'name.givenName': 'G' })
    expect(both.codes).toEqual(['dotted-key', 'repeated-attribute'])
    expect(both.resource['name']).toEqual({ familyName: 'F', givenName: 'G' })
  })

  it('of extensions are matched in any letter case', () => {
    const { resource } = read({ userName: 'a', [enterpriseUserSchemaUrn.toUpperCase()]: { Department: 'X' } })
    expect(resource[enterpriseUserSchemaUrn]).toEqual({ department: 'X' })
    expect(resource['schemas']).toEqual([userSchemaUrn, enterpriseUserSchemaUrn])
  })

  it('may be flat: dotted, and with the URN of an extension', () => {
    expect(
      alice({
        'name.givenName': 'G',
        name: { familyName: 'F' },
        [`${enterpriseUserSchemaUrn}:department`]: 'D',
        [`${enterpriseUserSchemaUrn}:manager.value`]: 'm1',
        [`${userSchemaUrn}:title`]: 'T',
      }),
    ).toEqual({
      name: { givenName: 'G', familyName: 'F' },
      title: 'T',
      [enterpriseUserSchemaUrn]: { department: 'D', manager: { value: 'm1' } },
    })
  })

  it('of an extension are found without its URN', () => {
    const { resource, codes } = read({ userName: 'a', department: 'D', manager: null })
    expect(resource[enterpriseUserSchemaUrn]).toEqual({ department: 'D' })
    expect(codes).toEqual(['unqualified-extension-attribute'])
  })

  it('that no schema knows are ignored with a note, whatever they are', () => {
    const body: unknown = JSON.parse(
      '{"userName":"a","__proto__":{"x":1},"constructor":1,"companyName":"x","name":{"nick":"n","__proto__":2},"urn:x:y":{"a":1}}',
    )
    const { resource, codes } = read(body)
    expect(resource).toEqual({ schemas: [userSchemaUrn], userName: 'a' })
    expect(codes).toEqual(Array.from({ length: 6 }, () => 'unknown-attribute'))
    expect(failure(body, user, true)).toContain('400 invalidSyntax')
  })

  it('of an extension that schemas does not list are taken with a note', () => {
    const data = { userName: 'a', [acme]: { costBucket: 'R' } }
    expect(read({ schemas: [userSchemaUrn], ...data }).codes).toEqual(['extension-not-declared'])
    expect(read({ schemas: [userSchemaUrn, acme.toUpperCase()], ...data }).codes).toEqual([])
    expect(failure({ schemas: [userSchemaUrn], ...data }, user, true)).toContain('400 invalidSyntax')
  })

  it('that are flat leave a note', () => {
    expect(read({ userName: 'a', 'name.givenName': 'G', 'name.familyName': 'F' }).codes).toEqual([
      'dotted-key',
      'dotted-key',
    ])
    expect(failure({ userName: 'a', 'name.givenName': 'G' }, user, true)).toContain('400 invalidSyntax')
  })

  it.each([
    'urn:scim:schemas:extension:enterprise:1.0',
    'urn:scim:schemas:extension:enterprise:2.0',
    'URN:scim:schemas:extension:enterprise:1.0:User',
  ])('takes %s for the enterprise extension, as which it is answered', (urn) => {
    const body = { schemas: [userSchemaUrn, urn], userName: 'a', [urn]: { department: 'Ops' } }
    const { resource, codes } = read(body)
    expect(resource).toEqual({
      schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
      userName: 'a',
      [enterpriseUserSchemaUrn]: { department: 'Ops' },
    })
    expect(codes).toEqual(['former-urn'])
    expect(read({ schemas: [userSchemaUrn, urn], userName: 'a', [urn]: null }).codes).toEqual([])
    expect(failure(body, user, true)).toMatch(/^400 /)
    expect(read({ userName: 'a', [`${urn}:department`]: 'Ops' }).resource[enterpriseUserSchemaUrn]).toEqual({
      department: 'Ops',
    })
  })

  it('are taken for theirs with a dot behind the URN', () => {
    const { resource, codes } = read({ userName: 'a', [`${enterpriseUserSchemaUrn}.department`]: 'Ops' })
    expect(resource[enterpriseUserSchemaUrn]).toEqual({ department: 'Ops' })
    expect(codes).toEqual(['dot-after-urn', 'dotted-key'])
    expect(read({ userName: 'a', [`${enterpriseUserSchemaUrn}.department`]: null }).codes).toEqual([])
  })

  it("tolerates Entra's misspelt enterprise URN", () => {
    const misspelt = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'
    const { resource, codes } = read({ schemas: [userSchemaUrn, misspelt], userName: 'a', [misspelt]: { x: 1 } })
    expect(resource).toEqual({ schemas: [userSchemaUrn], userName: 'a' })
    expect(codes).toEqual(['unknown-schema', 'unknown-attribute'])
  })

  it('leaves a bounded number of notes however many are unknown', () => {
    const body = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, 1]))
    expect(read({ userName: 'a', ...body }).codes.length).toBeLessThanOrEqual(64)
  })
})

describe('empty values', () => {
  it('are absent', () => {
    expect(
      alice({
        title: '',
        nickName: null,
        emails: [],
        phoneNumbers: null,
        name: {},
        addresses: [{}],
        photos: [null, '', { value: '' }],
        [enterpriseUserSchemaUrn]: { department: '', manager: { value: null } },
      }),
    ).toEqual({})
  })

  it('drop an e-mail that says what it is and holds nothing', () => {
    expect(alice({ emails: [{ type: 'work', primary: true, value: null }, { value: 'a' }] })).toEqual({
      emails: [{ value: 'a' }],
    })
    expect(alice({ emails: [{ type: 'work', display: 'kept' }] })).toEqual({
      emails: [{ type: 'work', display: 'kept' }],
    })
  })
})

describe('attributes that a client does not set', () => {
  it('are ignored when read-only', () => {
    const { resource, codes } = read({ id: 'x', meta: { created: 'y' }, groups: [{ value: 'g' }], userName: 'a' })
    expect(resource).toEqual({ schemas: [userSchemaUrn], userName: 'a' })
    expect(codes).toEqual(['read-only-ignored', 'read-only-ignored', 'read-only-ignored'])
  })

  it('are ignored when read-only, also under a key that is a path', () => {
    const { resource, codes } = read({
      userName: 'a',
      'meta.created': 'y',
      [`${enterpriseUserSchemaUrn}:manager.displayName`]: 'B',
    })
    expect(resource).toEqual({ schemas: [userSchemaUrn], userName: 'a' })
    expect(codes).toEqual(['read-only-ignored', 'read-only-ignored'])
  })

  it('stay in a resource of the server', () => {
    const own = { schemas: [userSchemaUrn], id: 'x', userName: 'a', meta: { resourceType: 'User' } }
    expect(normalizeResource(user, own, { notes: createNotes(), purpose: 'patched' })).toEqual(own)
  })

  it('are not kept when it is a password, and no note shows it', () => {
    const notes = createNotes()
    const body = { schemas: [userSchemaUrn], userName: 'a', password: 'hunter2' }
    const resource = normalizeResource(user, body, { notes, purpose: 'create' })
    expect(resource).toEqual({ schemas: [userSchemaUrn], userName: 'a' })
    expect(notes.list).toEqual([{ step: 'parse', code: 'password-not-kept', path: 'password' }])
    expect(failure({ userName: 'a', password: { x: 'hunter2' } })).toBe('400 invalidValue "password" must be text.')
  })
})

describe('required attributes', () => {
  it.each([
    [{}, '"userName" is required'],
    [{ userName: null }, '"userName" is required'],
    [{ userName: '  ' }, '"userName" must not be blank'],
    [{ userName: '\t\u200B' }, '"userName" must not be blank'],
    [{ userName: { value: 'a' } }, '"userName" must be text'],
    [{ userName: ['a'] }, '"userName" must be text'],
    [{ userName: true }, '"userName" must be text'],
    [{ userName: 'a'.repeat(1025) }, '1024 characters'],
  ])('are asked for: %j', (input, detail) => {
    expect(failure(input)).toContain('400 invalidValue')
    expect(failure(input)).toContain(detail)
  })

  it('may be a number, taken as text', () => {
    expect(read({ userName: 42 })).toEqual({
      resource: { schemas: [userSchemaUrn], userName: '42' },
      codes: ['text-as-number'],
    })
  })

  it('may be no number that has lost digits, for two people could have the same then', () => {
    for (const body of ['{"userName":12345678901234567890}', '{"userName":"a","externalId":9007199254740993}'])
      expect(failure(JSON.parse(body))).toContain('send it as text, in quotes')
    expect(read({ userName: 9_007_199_254_740_991 }).codes).toEqual(['text-as-number'])
  })

  it('of a group is displayName', () => {
    expect(failure({}, group)).toContain('"displayName" is required')
  })

  it('need an object to stand in', () => {
    for (const body of [null, [], 'x', 1]) expect(failure(body)).toContain('400 invalidSyntax')
  })
})

describe('schemas, RFC 7643 §3', () => {
  it.each([undefined, null, [], userSchemaUrn])('that are %j are noted, and refused when strict', (schemas) => {
    const notes = createNotes()
    const body = { schemas, userName: 'a' }
    expect(normalizeResource(user, body, { notes, purpose: 'replace' })).toMatchObject({ schemas: [userSchemaUrn] })
    expect(notes.list).toEqual([
      { step: 'parse', code: 'message-schema-missing', path: 'schemas', expected: userSchemaUrn },
    ])
    expect(failure(body, user, true)).toMatch(/^400 invalidSyntax This integration is strict. "schemas" must list/)
  })

  it('that name another schema are noted, and refused when strict', () => {
    const body = { schemas: [userSchemaUrn, 'urn:example:other:2.0:User'], userName: 'a' }
    expect(read(body).codes).toEqual(['unknown-schema'])
    expect(failure(body, user, true)).toContain('400 invalidValue This integration is strict. "schemas" names')
  })

  it('may hold what belongs to the core schema under its URN', () => {
    const { resource } = read({ [userSchemaUrn]: { userName: 'a', title: 'T' } })
    expect(resource).toEqual({ schemas: [userSchemaUrn], userName: 'a', title: 'T' })
  })

  it('are not asked of what the server itself has', () => {
    const notes = createNotes()
    normalizeResource(user, { userName: 'a' }, { notes, purpose: 'patched' })
    expect(notes.list).toEqual([])
  })
})

describe('binary values, RFC 7643 §2.3.6', () => {
  const certificates = (value: string) => ({
    schemas: [userSchemaUrn],
    userName: 'a',
    x509Certificates: [{ value }],
  })

  it.each(['QUJD', 'QUI=', 'QUI', 'QQ==', 'QQ', '+/+/'])('are base64, with the padding or without: %s', (value) => {
    expect(failure(certificates(value), user, true)).toBe('none')
  })

  it.each(['QUJDR', 'QUI==', 'QQ=', '====', 'Q-_D', 'QU JD', '-----BEGIN CERTIFICATE-----'])(
    'that are none are refused when strict: %s',
    (value) => {
      expect(failure(certificates(value))).toBe('none')
      expect(failure(certificates(value), user, true)).toMatch(/^400 invalidValue .* must be base64/)
    },
  )
})

describe('coercion', () => {
  it.each([
    ['boolean-as-text', { active: 'False' }, { active: false }],
    ['boolean-as-text', { roles: [{ value: 'r', primary: 'TRUE' }] }, { roles: [{ value: 'r', primary: true }] }],
    ['number-as-text', { [acme]: { level: '7' } }, { [acme]: { level: 7 } }],
    ['number-as-text', { [acme]: { rate: '-2.5e1' } }, { [acme]: { rate: -25 } }],
    ['text-as-number', { title: 7 }, { title: '7' }],
    ['text-as-number', { title: true }, { title: 'true' }],
    ['not-base64', { x509Certificates: [{ value: 'QUJD\nRA==' }] }, { x509Certificates: [{ value: 'QUJD\nRA==' }] }],
    ['not-base64', { x509Certificates: [{ value: 'QUJDR' }] }, { x509Certificates: [{ value: 'QUJDR' }] }],
    ['date-without-time', { [acme]: { hiredAt: '2026-11-23' } }, { [acme]: { hiredAt: '2026-11-23' } }],
    ['wrapped-scalar', { displayName: [{ $ref: null, value: 'x' }] }, { displayName: 'x' }],
    ['wrapped-scalar', { displayName: { value: 'x' } }, { displayName: 'x' }],
    ['wrapped-scalar', { active: [true] }, { active: true }],
    ['single-for-array', { emails: { value: 'x' } }, { emails: [{ value: 'x' }] }],
    ['single-for-array', { [acme]: { tags: 'x' } }, { [acme]: { tags: ['x'] } }],
    ['bare-value', { emails: ['x'] }, { emails: [{ value: 'x' }] }],
    ['bare-value', { addresses: ['High Street'] }, { addresses: [{ formatted: 'High Street' }] }],
    ['duplicate-values', { [acme]: { tags: ['x', 'y', 'x'] } }, { [acme]: { tags: ['x', 'y'] } }],
    ['duplicate-values', { [acme]: { tags: ['X', 'x'] } }, { [acme]: { tags: ['X'] } }],
    [
      'duplicate-values',
      {
        emails: [
          { value: 'x', type: 'work' },
          { type: 'work', value: 'x' },
        ],
      },
      { emails: [{ value: 'x', type: 'work' }] },
    ],
    [
      'duplicate-values',
      {
        emails: [
          { value: 'a@b.c', type: 'work' },
          { value: 'A@B.C', type: 'WORK', primary: true, display: 'A' },
          { value: 'a@b.c', type: 'home' },
          { value: 'a@b.c' },
        ],
      },
      {
        emails: [
          { value: 'a@b.c', type: 'work', primary: true, display: 'A' },
          { value: 'a@b.c', type: 'home' },
          { value: 'a@b.c' },
        ],
      },
    ],
    [
      'several-primary',
      { emails: [{ value: 'x' }, { value: 'y', primary: true }, { value: 'z', primary: true }] },
      { emails: [{ value: 'x' }, { value: 'y', primary: true }, { value: 'z', primary: false }] },
    ],
  ])('%s: %j', (code, given, taken) => {
    const { resource, codes } = read({ userName: 'alice', ...given })
    const { schemas: _, userName: __, ...rest } = resource
    expect(rest).toEqual(taken)
    expect(codes).toEqual([code])
    const isRefused = failure({ schemas: [userSchemaUrn, acme], userName: 'alice', ...given }, user, true) !== 'none'
    expect(isRefused).toBe(code !== 'duplicate-values')
  })

  it('makes a manager of every shape that is sent', () => {
    const shapes: readonly unknown[] = [
      'm1',
      { value: 'm1' },
      [{ value: 'm1', $ref: null }],
      { managerId: 'm1', displayName: 'Boss' },
      { value: 'm1', displayName: 'Boss' },
      '{"value":"m1"}',
    ]
    for (const manager of shapes) {
      const { resource } = read({ userName: 'a', [enterpriseUserSchemaUrn]: { manager } })
      expect(resource[enterpriseUserSchemaUrn]).toEqual({ manager: { value: 'm1' } })
    }
    expect(read({ userName: 'a', [enterpriseUserSchemaUrn]: { manager: { managerId: 'm1' } } }).codes).toEqual([
      'manager-id-key',
    ])
  })

  it('takes the id of a manager from a $ref that comes alone (RFC 7643 §4.3)', () => {
    const made = (manager: JsonObject) =>
      read({ userName: 'a', [enterpriseUserSchemaUrn]: { manager } }).resource[enterpriseUserSchemaUrn]
    const $ref = 'https://scim.example.com/v2/Users/m1'
    expect(made({ $ref })).toEqual({ manager: { value: 'm1', $ref } })
    expect(made({ $ref, value: 'm2' })).toEqual({ manager: { value: 'm2', $ref } })
    expect(made({ $ref: 'https://scim.example.com/m1' })).toEqual({ manager: { $ref: 'https://scim.example.com/m1' } })
  })

  it('reads the JSON text that Entra puts into roles', () => {
    const text = '{"id":"06b0","value":"Admin","displayName":"Administrator"}'
    const taken = { roles: [{ value: 'Admin', display: 'Administrator' }] }
    for (const roles of [[{ value: text }], [text], text, `[${text}]`]) expect(alice({ roles })).toEqual(taken)
    expect(alice({ roles: '{"value":"Admin","primary":"True","display":5}' })).toEqual({
      roles: [{ value: 'Admin', primary: true, display: '5' }],
    })
    expect(alice({ roles: [{ value: '{broken' }] })).toEqual({ roles: [{ value: '{broken' }] })
    expect(alice({ roles: [`{"value":${'['.repeat(5000)}`] })['roles']).toHaveLength(1)
  })

  it('reads JSON text wherever a complex value stands', () => {
    expect(alice({ addresses: '{"type":"work","country":"DE"}' })).toEqual({
      addresses: [{ type: 'work', country: 'DE' }],
    })
    expect(alice({ addresses: ['{nowhere}'] })).toEqual({ addresses: [{ formatted: '{nowhere}' }] })
    expect(alice({ [enterpriseUserSchemaUrn]: '{"department":"Ops","manager":"[{\\"value\\":\\"m1\\"}]"}' })).toEqual({
      [enterpriseUserSchemaUrn]: { department: 'Ops', manager: { value: 'm1' } },
    })
  })

  it.each([
    [{ active: 'maybe' }, '"active" must be true or false; got the text "maybe".'],
    [{ active: 1 }, '"active" must be true or false'],
    [{ [acme]: { level: 1.5 } }, 'must be a whole number'],
    [{ [acme]: { level: 'seven' } }, 'must be a whole number'],
    [{ [acme]: { rate: 'x' } }, 'must be a number'],
    [{ [acme]: { hiredAt: 'yesterday' } }, 'must be a date and time'],
    [{ [acme]: { hiredAt: '2026-02-30' } }, 'must be a date and time'],
    [{ [acme]: 'x' }, 'must be an object'],
    [{ name: 'Alice' }, '"name" must be an object'],
    [{ name: { givenName: { first: 'x' } } }, '"name.givenName" must be text'],
    [{ emails: true }, '"emails" must be'],
    [{ roles: '{"value":"Admin","primary":"maybe"}' }, '"roles.primary" must be true or false'],
    [{ emails: [['x']] }, '"emails.value" must be text'],
    [{ displayName: ['a', 'b'] }, '"displayName" takes one value'],
    [{ displayName: { text: 'a' } }, '"displayName" must be a single value'],
    [{ displayName: 'a\0b' }, '"displayName" contains a NUL'],
    [{ emails: [{ value: 'a\ud800' }] }, '"emails.value" contains a NUL or an incomplete'],
  ])('refuses what cannot be meant: %j', (given, detail) => {
    expect(failure({ userName: 'a', ...given })).toContain('400 invalidValue')
    expect(failure({ userName: 'a', ...given })).toContain(detail)
  })

  it('keeps text verbatim', () => {
    const given = { locale: ' QX_random ', timezone: 'Nowhere', profileUrl: 'not a url', nickName: '🦊 é' }
    expect(alice(given)).toEqual(given)
    expect(alice({ emails: [{ value: 'x', type: 'unheard-of' }] })).toEqual({
      emails: [{ value: 'x', type: 'unheard-of' }],
    })
  })
})

describe('members', () => {
  it('keep their id and type, in every shape', () => {
    const members = ['a', { value: 'b', display: 'B', $ref: null }, { Value: 'c', Type: 'User' }, { value: 'a' }, null]
    const { resource, codes } = read({ displayName: 'G', members }, group)
    expect(resource).toEqual({
      schemas: [groupSchemaUrn],
      displayName: 'G',
      members: [{ value: 'a' }, { value: 'b' }, { value: 'c', type: 'User' }],
    })
    expect(codes).toEqual(['bare-value', 'duplicate-values'])
  })

  it('need an id', () => {
    for (const member of [{ display: 'x' }, { value: {} }, [], true]) {
      expect(failure({ displayName: 'G', members: [member] }, group)).toContain('400 invalidValue')
    }
  })

  it('may be very many', () => {
    const members = Array.from({ length: 100_000 }, (_, index) => ({ value: `id-${index}`, display: 'x' }))
    expect(read({ displayName: 'G', members }, group).resource['members']).toHaveLength(100_000)
  })
})

describe('laws', () => {
  const anyBody = dictionary(
    oneof(
      constantFrom('userName', 'name', 'emails', 'active', 'roles', 'manager', 'schemas', 'meta', '__proto__', acme),
      string(),
    ),
    jsonValue(),
  )

  it('hostile input fails with nothing but a ScimError', () => {
    check(
      property(anyBody, boolean(), (body, strict) => {
        for (const model of [user, group]) {
          const outcome = failure({ userName: 'a', displayName: 'b', ...body }, model, strict)
          expect(outcome).toMatch(/^(none|400 )/)
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each([{}, { schemas: [] }, { schemas: 'urn:x' }])('strictly, %j names no schema and is refused', (body) => {
    expect(failure({ userName: 'a', ...body }, user, true)).toContain('schemas')
    expect(failure({ userName: 'a', ...body })).toBe(failure({ userName: 'a' }))
  })

  it('what was normalised once stays as it is, without a note', () => {
    check(
      property(anyBody, (body) => {
        let once: Resource
        try {
          once = read({ userName: 'a', ...body }).resource
        } catch {
          return
        }
        const notes = createNotes(true)
        expect(normalizeResource(user, once, { notes, purpose: 'replace' })).toEqual(once)
      }),
      { numRuns: 300 },
    )
  })

  it('a value nested a million deep is refused', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    for (const key of ['title', 'active', 'name', 'emails', 'roles']) {
      expect(failure({ userName: 'a', [key]: deep })).toContain('400 invalidValue')
    }
  })
})

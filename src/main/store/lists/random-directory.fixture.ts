import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { fold } from '../../../scim/text/fold.ts'
import type { JsonObject, JsonValue } from '../../../scim/json/json.ts'
import { enterpriseUserSchemaUrn } from '../../../scim/urn.ts'
import { groupUrn, idOf, patch, userUrn, type TestDirectory } from '../../directory/test-directory.fixture.ts'

export const customUrn = 'urn:example:acme:2.0:User'

/** Texts that are easily confused: by case, by normalisation, by what means something to SQL, JSON or GLOB. */
export const texts = [
  'a',
  'A',
  'ab',
  'AB c',
  'ß',
  'SS',
  'ss',
  'é',
  'e\u0301',
  'E\u0301',
  'İ',
  'ı',
  'i',
  'ſ',
  's',
  'ς',
  'Σ',
  'K',
  '\uFF21',
  'ﬁ',
  '😀',
  '\u{10FFFF}',
  'a\u{10FFFF}',
  '\uE000',
  '\uFFFD',
  'b"\\c',
  "o'hara",
  '%',
  '_',
  '*',
  'x y)]',
  '$."a"',
  '1',
  '1.0',
  'true',
  'null',
  '\u0001',
  '\n',
]

export const instants = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.000Z',
  '2026-01-01T01:00:00+01:00',
  '2025-12-31T23:59:59.999Z',
  '2026-06-01T12:00:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-01-01T00:00:00.0001Z',
]

export const numbers = [-1.5, -1, 0, 0.1, 1, 7, 7.000001, 9_007_199_254_740_991, 2 ** 60, 1e21, 1e-7]

const text = fc.constantFrom(...texts)
const maybe = (value: Arbitrary<JsonValue>): Arbitrary<JsonValue> =>
  fc.oneof({ arbitrary: value, weight: 5 }, fc.constantFrom<JsonValue>(null, ''))
const sparse = (fields: { readonly [name: string]: Arbitrary<JsonValue> }): Arbitrary<JsonObject> =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, maybe(value)])), {
    requiredKeys: [],
  })
const several = (value: Arbitrary<JsonValue>): Arbitrary<JsonValue> => fc.array(value, { maxLength: 3 })

const plural = (value: Arbitrary<JsonValue>): Arbitrary<JsonValue> =>
  several(sparse({ value, display: text, type: fc.constantFrom('work', 'Work', 'home', 'ß') })).chain((elements) => {
    const list = Array.isArray(elements) ? elements : []
    return fc
      .option(fc.nat({ max: 2 }), { nil: -1 })
      .map((primary) => list.map((each, n) => (n === primary ? Object.assign({}, each, { primary: true }) : each)))
  })

const integers = numbers.filter(Number.isSafeInteger)

/** The custom attributes of every random directory: each type, single-valued and multi-valued. */
export const customAttributes = (['string', 'boolean', 'integer', 'decimal', 'dateTime', 'reference'] as const).flatMap(
  (type) => [
    { name: `one-${type}`, type, multiValued: false },
    { name: `many_${type}`, type, multiValued: true },
  ],
)

const customValues = {
  string: text,
  boolean: fc.boolean(),
  integer: fc.constantFrom(...integers),
  decimal: fc.constantFrom(...numbers),
  dateTime: fc.constantFrom(...instants),
  reference: text,
} satisfies Record<string, Arbitrary<JsonValue>>

const user = sparse({
  displayName: text,
  nickName: text,
  title: text,
  profileUrl: text,
  active: fc.boolean(),
  name: sparse({ givenName: text, familyName: text, formatted: text }),
  emails: plural(text),
  roles: plural(text),
  photos: plural(text),
  x509Certificates: plural(text),
  addresses: several(sparse({ country: text, type: fc.constantFrom('work', 'home') })),
  [enterpriseUserSchemaUrn]: sparse({
    department: text,
    employeeNumber: text,
    manager: sparse({ value: text, $ref: text }),
  }),
  [customUrn]: sparse(
    Object.fromEntries(
      customAttributes.map(({ name, type, multiValued }) => [
        name,
        multiValued ? several(customValues[type]) : customValues[type],
      ]),
    ),
  ),
})

const person = fc.record({
  userName: text,
  resource: user,
  /** What was there before it was replaced by that. */
  former: fc.option(user),
  externalIds: fc.record({ entra: fc.option(text), okta: fc.option(text) }),
  fate: fc.constantFrom('stays', 'stays', 'stays', 'archived', 'restored', 'purged', 'hidden', 'local'),
})

/** Everything that makes up a directory; numbers name users and groups by their place. */
export const randomDirectory = fc.record({
  people: fc.array(person, { maxLength: 7 }),
  groups: fc.array(
    fc.record({
      name: text,
      externalId: fc.option(text),
      users: fc.array(fc.nat({ max: 6 }), { maxLength: 4 }),
      isArchived: fc.nat({ max: 5 }),
    }),
    { maxLength: 4 },
  ),
  /** Group in group; what would make a cycle is refused. */
  nesting: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), { maxLength: 5 }),
})

export type DirectoryPlan = typeof randomDirectory extends Arbitrary<infer Plan> ? Plan : never

/** Adds what a plan says, through the writer alone; `at` is called before anybody is there, and before those are changed who are to be. */
export function carryOut(
  plan: DirectoryPlan,
  directory: TestDirectory,
  at: (moment: 'before' | 'between') => void = () => undefined,
): void {
  const { administer, request, entra, okta } = directory
  for (const attribute of customAttributes)
    administer('add-attribute', { directory: 'main', draft: { ...attribute, urn: customUrn } })
  at('before')
  const users = plan.people.map((each, n) => {
    const resource = {
      schemas: [userUrn],
      ...each.resource,
      userName: `${each.userName}${n}`,
      externalId: each.externalIds.entra,
    }
    if (each.fate !== 'hidden' && each.fate !== 'local') {
      if (!each.former) return idOf(request('POST', '/Users', resource))
      const { userName, externalId } = resource
      return idOf(request('POST', '/Users', { schemas: [userUrn], ...each.former, userName, externalId }))
    }
    const role = each.fate === 'hidden' ? 'administrator' : 'user'
    administer('import-users', { directory: 'main', users: [{ line: 1, resource, role }] })
    return directory.store.users.byUserNameKey(directory.directoryId, fold(resource.userName))?.id ?? ''
  })
  at('between')
  plan.people.forEach((each, n) => {
    if (!each.former || each.fate === 'hidden' || each.fate === 'local') return
    const resource = { schemas: [userUrn], ...each.resource, userName: `${each.userName}${n}` }
    request('PUT', `/Users/${users[n]}`, { ...resource, externalId: each.externalIds.entra })
  })
  plan.people.forEach((each, n) => {
    if (each.externalIds.okta !== null)
      request('PATCH', `/Users/${users[n]}`, patch({ op: 'add', path: 'externalId', value: each.externalIds.okta }), {
        integrationId: okta,
      })
  })
  const groups = plan.groups.map((each, n) =>
    idOf(
      request(
        'POST',
        '/Groups',
        { schemas: [groupUrn], displayName: `${each.name}${n}`, externalId: each.externalId },
        { integrationId: n % 2 ? entra : okta },
      ),
    ),
  )
  const addMember = (group: string | undefined, value: string | undefined) =>
    group && value && request('PATCH', `/Groups/${group}`, patch({ op: 'add', path: 'members', value: [{ value }] }))
  plan.groups.forEach((each, n) => each.users.forEach((member) => addMember(groups[n], users[member])))
  for (const [outer, inner] of plan.nesting) addMember(groups[outer], groups[inner])
  plan.people.forEach((each, n) => {
    if (each.fate === 'archived' || each.fate === 'restored' || each.fate === 'purged')
      request('DELETE', `/Users/${users[n]}`)
    if (each.fate === 'purged') administer('purge-user', { directory: 'main', who: users[n] ?? '' })
    if (each.fate === 'restored') administer('restore-user', { directory: 'main', who: users[n] ?? '' })
  })
  plan.groups.forEach((each, n) => each.isArchived === 0 && request('DELETE', `/Groups/${groups[n]}`))
}

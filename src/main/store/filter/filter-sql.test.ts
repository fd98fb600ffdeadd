import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseFilter } from '../../../scim/filter/parse.ts'
import { createModels } from '../../../scim/model/models.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import { customAttributeOf } from '../../directory/directory-config.ts'
import { base, openTestDirectory } from '../../directory/test-directory.fixture.ts'

const models = createModels([])

let directory: ReturnType<typeof openTestDirectory>
let alice: string
let bob: string

beforeEach(() => {
  directory = openTestDirectory()
  alice = directory.addUser('alice', {
    name: { givenName: 'Alice' },
    emails: [{ value: 'a@b.example' }],
    externalId: 'e-alice',
  })
  bob = directory.addUser('bob')
})

afterEach(() => directory.close())

function prepared(filter: string, kind: 'user' | 'group' | ResourceModel = 'user') {
  const model = typeof kind === 'string' ? models[kind] : kind
  return directory.store.lists.prepare({
    scope: { model, directoryId: directory.directoryId, integrationId: directory.entra, base, seesGroups: true },
    filter: parseFilter(model, filter, { unknownAttribute: 'noMatch' }),
    sort: undefined,
    startIndex: 1,
    count: 100,
    afterSeq: undefined,
  })
}

const found = (filter: string, kind: 'user' | 'group' | ResourceModel = 'user') =>
  prepared(filter, kind)
    .page()
    .rows.map((row) => row.id)

describe('a filter in SQL', () => {
  it.each(['eq', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])(
    'on an unknown attribute matches nobody by %s',
    (operator) => {
      expect(found(`unheardOf ${operator} "a"`)).toEqual([])
      expect(found(`emails[unheardOf ${operator} "a"]`)).toEqual([])
    },
  )

  it('on an unknown attribute matches everybody by ne, since it has no value (RFC 7644 §3.4.2.1)', () => {
    expect(found('unheardOf ne "a"')).toEqual([alice, bob])
    expect(prepared('unheardOf ne "a"').isBroad).toBe(true)
  })

  it('finds the one value of a complex attribute by a value filter, that of meta too', () => {
    expect(found('name[givenName eq "ALICE"]')).toEqual([alice])
    expect(found('name[not (givenName eq "bob")]')).toEqual([alice])
    expect(found('meta[resourceType eq "User" and created gt "2020-01-01T00:00:00Z"]')).toEqual([alice, bob])
  })

  it('compares decimals as the doubles that they are, also where their digits look like an integer', () => {
    const urn = 'urn:example:acme:2.0:User'
    directory.administer('add-attribute', {
      directory: 'main',
      draft: { name: 'share', type: 'decimal', multiValued: false, urn },
    })
    const custom = directory.store.customAttributes.ofDirectory(directory.directoryId).map(customAttributeOf)
    const { user } = createModels(custom)
    const carol = directory.addUser('carol', { [urn]: { share: 2 ** 60 } })
    for (const [test, ids] of [
      [`share eq ${2 ** 60}`, [carol]],
      [`share gt ${2 ** 60}`, []],
      [`share ge 1.152921504606846976e18`, [carol]],
    ] as const)
      expect(found(`${urn}:${test}`, user)).toEqual(ids)
  })

  it('finds by a beginning, whatever character follows', () => {
    const last = directory.addUser('zoe\u{10FFFF}', { displayName: 'Zoe\u{10FFFF}\u{10FFFF}' })
    for (const filter of [
      'userName sw "zo"',
      'userName sw "ZOE"',
      'displayName sw "zoe"',
      'displayName sw "zoe\u{10FFFF}"',
    ])
      expect([filter, found(filter)]).toEqual([filter, [last]])
  })

  it('finds members by their id in any letter case, since members.value is not caseExact', () => {
    const group = directory.addGroup('team', [alice])
    expect(found(`members eq "${alice.toUpperCase()}"`, 'group')).toEqual([group])
    expect(found(`members[value eq "${alice.toUpperCase()}" and type eq "user"]`, 'group')).toEqual([group])
  })

  it('finds whoever passes one of several alternatives, each once', () => {
    const both = 'userName eq "alice" or displayName eq "Bob" or id eq "nobody"'
    for (const filter of [`userName eq "alice" or id eq "${bob}"`, `id eq "${bob}" or id eq "${alice}" or ${both}`])
      expect(found(filter)).toEqual([alice, bob])
    expect(found(`(userName eq "alice" or id eq "${alice}") and active eq true`)).toEqual([alice])
    expect(found(`not (userName eq "alice" or id eq "nobody")`)).toEqual([bob])
  })

  it('finds who is in a group directly and through another, in the letter case of either', () => {
    const inner = directory.addGroup('inner', [alice])
    const outer = directory.addGroup('outer', [inner, bob])
    expect(found(`groups.value eq "${outer}"`)).toEqual([alice, bob])
    expect(found(`groups[value eq "${outer}" and type eq "direct"]`)).toEqual([bob])
    expect(found(`groups.value eq "${inner.toUpperCase()}" and userName pr`)).toEqual([alice])
    expect(found('groups.value eq "nobody"')).toEqual([])
  })

  it('finds by what meta says of where a resource is and which version of it that is', () => {
    const location = `${base}/Users/${alice}`
    for (const filter of ['meta.location pr', 'meta.version pr', 'meta.version sw "W/"'])
      expect([filter, found(filter)]).toEqual([filter, [alice, bob]])
    expect(found(`meta.location eq "${location}"`)).toEqual([alice])
    expect(found(`meta[location eq "${location}" and version pr]`)).toEqual([alice])
    expect(found('meta.version eq "W/\\"0-0\\""')).toEqual([])
  })

  it('is as large as the parser lets it be', () => {
    // 10,000 characters and 500 comparisons at most.
    const chain = (test: string, word: string) =>
      Array.from({ length: Math.min(500, Math.floor(9500 / (test.length + word.length + 2))) }, () => test).join(
        ` ${word} `,
      )
    expect(found(chain('id ne "x"', 'and'))).toHaveLength(2)
    expect(found(chain('userName sw "al"', 'or'))).toEqual([alice])
    expect(found(chain('emails.value ne "x"', 'and'))).toHaveLength(2)
    expect(found(chain('emails[type eq "x"]', 'or'))).toEqual([])
    expect(found(chain('members.display co "x"', 'or'), 'group')).toEqual([])
    expect(found(`${'not ('.repeat(49)}userName eq "alice"${')'.repeat(49)}`)).toEqual([bob])
    expect(found(`emails[${'not ('.repeat(48)}value eq "a@b.example"${')'.repeat(48)}]`)).toEqual([alice])
    const nested = `${'('.repeat(49)}${Array.from({ length: 400 }, () => 'title ne "x"').join(' or ')}${' and id pr)'.repeat(49)}`
    expect(found(nested)).toHaveLength(2)
  })

  it('is refused when it asks about groups more often than SQLite can answer at once', () => {
    const tests = (count: number) => Array.from({ length: count }, () => 'groups pr').join(' or ')
    expect(found(tests(50))).toEqual([])
    expect(() => found(tests(51))).toThrow('more than 50 times')
  })

  it('is narrow only where an index leads to the few rows that can match', () => {
    const narrow = [
      'userName eq "a"',
      'externalId eq "a"',
      'emails eq "a"',
      'id eq "a" and title pr',
      'userName sw "abc"',
      'active eq false',
    ]
    const broad = [
      'externalId sw "abc"',
      'userName co "a"',
      'active eq true',
      'title eq "a"',
      'id eq "a" or title pr',
      'not (id eq "a")',
    ]
    expect([...narrow, ...broad].filter((filter) => prepared(filter).isBroad)).toEqual(broad)
    const isBroad = (filter: string) => prepared(filter, 'group').isBroad
    // A group is found at once, but all its members are looked at.
    expect(isBroad('id eq "a" and members.display eq "b"')).toBe(true)
    expect(isBroad('id eq "a" and members.value eq "b" and members pr')).toBe(false)
  })
})

import { afterAll, describe, expect, test } from 'vitest'
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { acmeUrn, startServer } from '../server.ts'

const server = await startServer({ customAttribute: true })
afterAll(server.stop)
const { scim } = server

const bob = await scim.create(
  '/Users',
  user({
    userName: 'Bob@f.test',
    name: { givenName: 'Bob', familyName: 'Reyes' },
    title: 'engineer II',
    active: false,
    emails: [{ type: 'work', value: 'bob@f.test', primary: true }],
    [enterpriseUserSchemaUrn]: { department: 'Sales' },
  }),
)
const alice = await scim.create(
  '/Users',
  user({
    userName: 'alice@f.test',
    externalId: 'Ext-Alice',
    name: { givenName: 'Alice', familyName: 'Moss' },
    title: 'Engineer',
    emails: [
      { type: 'work', value: 'alice@f.test', primary: true },
      { type: 'home', value: 'alice@home.test' },
    ],
    roles: [{ value: 'Admin', primary: true }],
    [enterpriseUserSchemaUrn]: { department: 'Research', employeeNumber: '0042', manager: { value: bob } },
  }),
)
const carolName = 'carol+tag%41\'q"b\\s@f.test'
await scim.create('/Users', user({ userName: carolName, name: { familyName: 'Ámos' }, emails: undefined }))
await scim.create(
  '/Users',
  user({ userName: 'dave@f.test', emails: undefined, preferredLanguage: 'de', [acmeUrn]: { costBucket: 'R-17' } }),
)
const crew = await scim.create('/Groups', { ...group('The Crew', [alice, bob]), externalId: 'Ext-Crew' })
await scim.create('/Groups', group('Nobody'))

const names: Readonly<Record<string, string>> = {
  alice: 'alice@f.test',
  bob: 'Bob@f.test',
  carol: carolName,
  dave: 'dave@f.test',
}
const user2 = userSchemaUrn
const ent = enterpriseUserSchemaUrn

const userFilters: readonly (readonly [filter: string, matches: string])[] = [
  // Operators
  ['userName eq "alice@f.test"', 'alice'],
  ['userName eq "ALICE@F.TEST"', 'alice'],
  ['userName ne "alice@f.test"', 'bob carol dave'],
  ['title co "GINEER"', 'alice bob'],
  ['userName sw "DAV"', 'dave'],
  ['userName ew "@F.test"', 'alice bob carol dave'],
  ['title gt "engineer"', 'bob'],
  ['title ge "engineer"', 'alice bob'],
  ['title lt "engineer ii"', 'alice'],
  ['title le "ENGINEER II"', 'alice bob'],
  ['title pr', 'alice bob'],
  ['emails pr', 'alice bob'],
  ['nickName pr', ''],
  ['not (title pr)', 'carol dave'],
  ['NOT(title pr)', 'carol dave'],
  // Letter case of names and operators
  ['USERNAME EQ "alice@f.test"', 'alice'],
  ['username Eq "alice@f.test"', 'alice'],
  ['Name.FamilyName Co "mos"', 'alice carol'],
  ['title PR AND active EQ TRUE', 'alice'],
  // Logic and grouping: and binds more tightly than or
  ['active eq true and title pr', 'alice'],
  ['userName sw "dave" or active eq false and title pr', 'bob dave'],
  ['(userName sw "dave" or active eq false) and title pr', 'bob'],
  ['not (active eq true) or not (title pr)', 'bob carol dave'],
  ['not (active eq true or title pr)', ''],
  ['((((userName eq "dave@f.test"))))', 'dave'],
  // Booleans
  ['active eq true', 'alice carol dave'],
  ['active eq false', 'bob'],
  ['active ne true', 'bob'],
  ['active eq "False"', 'bob'],
  ['active eq "True"', 'alice carol dave'],
  // Sub-attributes, value paths, bare complex attributes
  ['name.familyName eq "moss"', 'alice'],
  ['emails.value eq "ALICE@home.test"', 'alice'],
  ['emails eq "alice@home.test"', 'alice'],
  ['emails co "@f.test"', 'alice bob'],
  ['emails.type eq "home"', 'alice'],
  ['emails[type eq "home"]', 'alice'],
  ['emails[type eq "work" and value co "@f.test"]', 'alice bob'],
  ['emails[type eq "work" and value eq "alice@home.test"]', ''],
  ['emails[type eq "work"].value eq "Alice@f.test"', 'alice'],
  ['emails[type eq "work"].value eq "alice@home.test"', ''],
  ['emails[type eq "work"] eq "Alice@f.test"', 'alice'],
  ['emails[not (type eq "work")]', 'alice'],
  ['emails[type eq "home" or type eq "work"] and active eq true', 'alice'],
  ['roles[primary eq "True"].value eq "admin"', 'alice'],
  ['roles[primary eq true]', 'alice'],
  // A value that does not say whether it is primary is not (RFC 7643 §2.4).
  ['emails[primary eq false]', 'alice'],
  ['emails[type eq "home" and primary eq "False"].value eq "alice@home.test"', 'alice'],
  ['emails[type eq "home" and primary ne false]', ''],
  ['emails.primary eq false', 'alice'],
  ['emails.primary ne true', 'alice carol dave'],
  ['emails.primary ne false', 'alice bob carol dave'],
  ['emails[primary pr]', 'alice bob'],
  ['emails[not (primary pr)]', 'alice'],
  // URN paths, in any letter case
  [`${user2}:userName eq "alice@f.test"`, 'alice'],
  [`${user2.toUpperCase()}:USERNAME eq "alice@f.test"`, 'alice'],
  [`${user2}:name.familyName eq "Moss"`, 'alice'],
  ['urn:scim:schemas:extension:enterprise:1.0:department eq "research"', 'alice'],
  [`${ent}:department eq "research"`, 'alice'],
  [`${ent.toLowerCase()}:Department EQ "Research"`, 'alice'],
  [`${ent}:employeeNumber eq "0042"`, 'alice'],
  [`${ent}:manager.value eq "${bob}"`, 'alice'],
  [`${ent}:manager eq "${bob}"`, 'alice'],
  [`manager eq "${bob}"`, 'alice'],
  [`${acmeUrn}:costBucket eq "r-17"`, 'dave'],
  [`${ent}:department pr`, 'alice bob'],
  // Common attributes
  [`id eq "${alice}"`, 'alice'],
  [`id eq "${alice}" and manager eq "${bob}"`, 'alice'],
  [`id eq "${bob}" and manager eq "${alice}"`, ''],
  ['externalId eq "Ext-Alice"', 'alice'],
  ['externalId eq "ext-alice"', ''],
  [`schemas eq "${ent}"`, 'alice bob'],
  [`schemas eq "${user2}"`, 'alice bob carol dave'],
  [`schemas eq "${ent.toLowerCase()}"`, 'alice bob'],
  [`schemas[value eq "${ent.toUpperCase()}"]`, 'alice bob'],
  ['schemas eq "urn:no:such:schema"', ''],
  ['meta.resourceType eq "User"', 'alice bob carol dave'],
  [`groups.value eq "${crew}"`, 'alice bob'],
  [`groups eq "${crew}"`, 'alice bob'],
  [`groups[value eq "${crew}"]`, 'alice bob'],
  // Dates
  ['meta.created gt "2020-01-01T00:00:00Z"', 'alice bob carol dave'],
  ['meta.created gt "2020-01-01T00:00:00+05:00"', 'alice bob carol dave'],
  ['meta.lastModified lt "2020-01-01T00:00:00.000Z"', ''],
  ['meta.lastModified ge "2999-12-31T23:59:59Z"', ''],
  // Values
  [`userName eq ${JSON.stringify(carolName)}`, 'carol'],
  ['userName co "+tag"', 'carol'],
  ['userName co "%41"', 'carol'],
  ['userName co "_tag"', ''],
  ['userName co "%"', 'carol'],
  ['userName co "\\\\s"', 'carol'],
  ['userName eq "\\u0061lice@f.test"', 'alice'],
  ['userName eq alice@f.test', 'alice'],
  ['userName eq ""', ''],
  ['title eq null', 'carol dave'],
  ['title ne null', 'alice bob'],
  ['name.familyName eq "ámos"', 'carol'],
]

describe('RFC 7644 §3.4.2.2: filtering users', () => {
  test.each(userFilters)('%s', async (filter, matches) => {
    const found = await scim.find('/Users', filter)
    expect(found.status).toBe(200)
    const wanted = matches.split(' ').flatMap((each) => names[each] ?? [])
    expect(found.texts('/userName').toSorted()).toEqual(wanted.toSorted())
    expect(found.at('/totalResults')).toBe(wanted.length)
  })

  test('the same moment in another time zone is the same date', async () => {
    const created = (await scim.get(`/Users/${alice}`)).textAt('/meta/created')
    const elsewhere = new Date(Date.parse(created) + 2 * 3_600_000).toISOString().replace('Z', '+02:00')
    const found = await scim.find('/Users', `id eq "${alice}" and meta.created eq "${elsewhere}"`)
    expect(found.texts('/id')).toEqual([alice])
  })

  test('a filter works with + and with %20 for a blank', async () => {
    for (const query of ['userName+eq+%22alice%40f.test%22', 'userName%20eq%20%22alice@f.test%22']) {
      const found = await scim.get(`/Users?filter=${query}`)
      expect(found.texts('/id')).toEqual([alice])
    }
  })

  // Microsoft's own library writes a text between quotes as it is: `Filter.Serialize` in AzureAD/SCIMReferenceCode.
  test.each([
    [String.raw`CORP\jim`],
    [String.raw`CORP\uma`],
    [String.raw`CORP\bob`],
    [String.raw`CORP\tom`],
    [String.raw`CORP\nina\zoe`],
    ['tab\there'],
  ])('a userName with a backslash or a tab is found with its escape and without: %j', async (userName) => {
    const id = await scim.create('/Users', user({ userName, emails: undefined }))
    for (const value of [JSON.stringify(userName), `"${userName}"`]) {
      const found = await scim.find('/Users', `userName eq ${value}`)
      expect(found.texts('/id')).toEqual([id])
    }
    await scim.delete(`/Users/${id}`)
  })

  test('a backslash without its escape is one in the text of other attributes too', async () => {
    const id = await scim.create('/Users', user({ title: String.raw`CORP\desk`, emails: undefined }))
    expect((await scim.find('/Users', String.raw`title sw "corp\d"`)).texts('/id')).toEqual([id])
    await scim.delete(`/Users/${id}`)
  })

  test('a long chain of comparisons is answered', async () => {
    const chain = Array.from({ length: 100 }, (_, i) => `userName eq "nobody${i}"`).join(' or ')
    const found = await scim.find('/Users', `${chain} or userName eq "alice@f.test"`)
    expect(found.texts('/id')).toEqual([alice])
  })

  test.each([
    'userName eq "alice',
    'userName xx "alice"',
    'userName eq',
    'userName',
    'eq "alice"',
    '(userName pr',
    'userName pr)',
    'userName pr and',
    'and userName pr',
    'not userName pr',
    'userName eq "a" "b"',
    'emails[type eq "work"',
    'emails[]',
    'emails[type eq "work"].',
    'emails[emails[type eq "work"]]',
    'active gt true',
    'userName pr pr',
    '"alice" eq userName',
    'userName[value eq "x"]',
  ])('refuses %s', async (filter) => {
    const answer = await scim.find('/Users', filter)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidFilter')
    expect(answer.textAt('/detail').length).toBeLessThan(1_000)
  })

  test.each([
    ['5,000 opening parentheses', '('.repeat(5_000)],
    ['200 nested parentheses', `${'('.repeat(200)}userName pr${')'.repeat(200)}`],
    ['200 nested negations', `${'not ('.repeat(200)}userName pr${')'.repeat(200)}`],
  ])('refuses %s', async (_, filter) => {
    const answer = await scim.find('/Users', filter)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidFilter')
  })
})

describe('RFC 7644 §3.4.2.2: filtering groups', () => {
  test.each([
    ['displayName eq "THE crew"', ['The Crew']],
    ['displayName sw "no"', ['Nobody']],
    ['externalId eq "Ext-Crew"', ['The Crew']],
    ['externalId eq "ext-crew"', []],
    [`members eq "${alice}"`, ['The Crew']],
    [`members.value eq "${bob}"`, ['The Crew']],
    [`members[value eq "${alice}"]`, ['The Crew']],
    [`id eq "${crew}" and members eq "${alice}"`, ['The Crew']],
    [`id eq "${crew}" and members eq "${crew}"`, []],
    ['members pr', ['The Crew']],
    ['not (members pr)', ['Nobody']],
    [`schemas eq "${groupSchemaUrn}"`, ['Nobody', 'The Crew']],
    [`schemas eq "${userSchemaUrn}"`, []],
    [`${groupSchemaUrn}:displayName eq "nobody"`, ['Nobody']],
  ])('%s', async (filter, wanted) => {
    const found = await scim.find('/Groups', filter)
    expect(found.texts('/displayName').toSorted()).toEqual(wanted)
  })

  test("Entra's membership check gets the id and no members", async () => {
    const found = await scim.find('/Groups', `id eq "${crew}" and members eq "${alice}"`, { attributes: 'id' })
    expect(found.at('/totalResults')).toBe(1)
    expect(found.at('/Resources/0')).toEqual({ schemas: [groupSchemaUrn], id: crew })
  })
})

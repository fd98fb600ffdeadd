import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createModels } from '../../../scim/model/models.ts'
import { parseFilter } from '../../../scim/filter/parse.ts'
import { enterpriseUserSchemaUrn } from '../../../scim/urn.ts'
import { customAttributeOf } from '../../directory/directory-config.ts'
import { placeText } from '../../directory/read/place-text.ts'
import { base, idOf, openTestDirectory, patch, userUrn } from '../../directory/test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const limits = { budgetMs: 1000, atLeast: 100 }

function add(path: string) {
  return directory.administer('add-lookup-index', { directory: 'main', path })
}

/** Goes on with all indexes, a user or a key at a time, until there is nothing left to do. */
function finish(items = 1): void {
  for (;;) {
    const [index] = directory.store.lookupIndexes.unfinished()
    if (!index) return
    directory.administer('advance-lookup-index', { id: index.id, afterSeq: index.after_seq, items, limits })
  }
}

/** What the indexes hold, by userName. */
function held(): readonly unknown[] {
  return directory.connection
    .prepare(
      'select attribute, value_key, user_name from lookup_keys join lookup_indexes i on i.id = index_id left join users on seq = user_seq order by 1, 2, 3',
    )
    .raw()
    .all()
}

function prepared(text: string, directoryId = directory.directoryId) {
  const model = createModels(directory.store.customAttributes.ofDirectory(directoryId).map(customAttributeOf)).user
  return directory.store.lists.prepare({
    scope: { model, directoryId, integrationId: directory.entra, base, seesGroups: true },
    filter: parseFilter(model, text),
    sort: undefined,
    startIndex: 1,
    count: 100,
    afterSeq: undefined,
  })
}

const found = (text: string) =>
  prepared(text)
    .page()
    .rows.map(({ id }) => id)

describe('an index of an attribute', () => {
  it('holds who was there and who came meanwhile, follows every change, and keeps nothing of who is purged', () => {
    const alice = directory.addUser('alice', { nickName: 'Ali' })
    directory.addUser('bob', { nickName: 'Bo' })
    directory.addUser('carol')
    add('nickName')
    const dave = directory.addUser('dave', { nickName: 'Da' })
    directory.request('PATCH', `/Users/${alice}`, patch({ op: 'replace', path: 'nickName', value: 'Al' }))
    finish()
    const bo = ['nickName', 'bo', 'bob']
    expect(held()).toEqual([['nickName', 'al', 'alice'], bo, ['nickName', 'da', 'dave']])
    directory.request('PATCH', `/Users/${alice}`, patch({ op: 'remove', path: 'nickName' }))
    directory.request('DELETE', `/Users/${dave}`)
    expect(held()).toEqual([bo, ['nickName', 'da', 'dave']])
    expect(found('nickName eq "da"')).toEqual([])
    directory.administer('restore-user', { directory: 'main', who: dave })
    expect(found('nickName eq "DA"')).toEqual([dave])
    directory.request('DELETE', `/Users/${dave}`)
    directory.administer('purge-user', { directory: 'main', who: dave })
    expect(held()).toEqual([bo])
  })

  it('is used once it is whole, and no more as soon as it is to go', () => {
    for (let n = 0; n < 4; n += 1) directory.addUser(`user${n}`, { nickName: `Nick ${n}` })
    const isBroad = () => prepared('nickName eq "nick 1"').isBroad
    expect(isBroad()).toBe(true)
    add('nickName')
    const [begun] = directory.store.lookupIndexes.unfinished()
    const step = { id: begun?.id ?? 0, items: 2, limits }
    directory.administer('advance-lookup-index', { ...step, afterSeq: 0 })
    // The same batch once more, by another process that saw it as it was before, does nothing.
    directory.administer('advance-lookup-index', { ...step, afterSeq: 0 })
    expect([held().length, isBroad()]).toEqual([1, true])
    finish(3)
    expect([held().length, isBroad()]).toEqual([4, false])
    directory.administer('remove-lookup-index', { directory: 'main', path: 'nickName' })
    expect(isBroad()).toBe(true)
    finish(3)
    expect(held()).toEqual([])
    expect(found('nickName eq "nick 1"')).toHaveLength(1)
    expect(directory.administer('remove-lookup-index', { directory: 'main', path: 'nickName' })).toMatchObject({
      kind: 'refused',
    })
    expect(add('nickName')).toMatchObject({ kind: 'value', value: { state: 'building' } })
  })

  it('answers from the directory where it is dropped while a list is read', () => {
    const alice = directory.addUser('alice', { nickName: 'Ali' })
    add('nickName')
    finish()
    const list = prepared('nickName eq "ali"')
    directory.administer('remove-lookup-index', { directory: 'main', path: 'nickName' })
    finish()
    expect(list.page().rows.map(({ id }) => id)).toEqual([alice])
    expect(list.pageWithin(1_000_000)?.total).toBe(1)
  })

  it('of a custom attribute goes with it, and one of the same name begins empty', () => {
    const urn = 'urn:example:acme:2.0:User'
    const badge = { directory: 'main', draft: { name: 'badge', type: 'integer', multiValued: false, urn } }
    directory.administer('add-attribute', badge)
    const holder = (value: number) => ({ schemas: [userUrn, urn], [urn]: { badge: value } })
    const alice = directory.addUser('alice', holder(7))
    add(`${urn}:badge`)
    finish()
    expect(prepared(`${urn}:badge eq 7`).isBroad).toBe(false)
    expect(found(`${urn}:badge eq 7`)).toEqual([alice])
    const [attribute] = directory.store.customAttributes.ofDirectory(directory.directoryId)
    directory.administer('begin-attribute-removal', { directory: 'main', name: 'badge', urn })
    directory.administer('remove-attribute-values', { directory: 'main', id: attribute?.id ?? 0, afterSeq: 0 })
    directory.administer('remove-attribute-values', { directory: 'main', id: attribute?.id ?? 0, afterSeq: 1_000_000 })
    finish()
    expect(directory.store.lookupIndexes.ofDirectory(directory.directoryId)).toEqual([])
    directory.administer('add-attribute', { ...badge, draft: { ...badge.draft, type: 'string' } })
    expect(found(`${urn}:badge eq "7"`)).toEqual([])
    expect(held()).toEqual([])
  })

  it('of a custom attribute that is removed while it is made goes with it, and is not learned of afterwards', () => {
    const urn = 'urn:example:acme:2.0:User'
    const badge = { directory: 'main', draft: { name: 'badge', type: 'string', multiValued: false, urn } }
    directory.administer('add-attribute', badge)
    const holder = (value: string | number) => ({ schemas: [userUrn, urn], [urn]: { badge: value } })
    for (let n = 0; n < 4; n += 1) directory.addUser(`user${n}`, holder(`B${n}`))
    add(`${urn.toUpperCase()}:BADGE`)
    const { lookupIndexes, customAttributes } = directory.store
    const [begun] = lookupIndexes.unfinished()
    const { directoryId } = directory
    const step = { id: begun?.id ?? 0, afterSeq: 0, items: 3, limits }
    directory.administer('advance-lookup-index', step)
    expect(held()).toHaveLength(2)
    const [attribute] = customAttributes.ofDirectory(directoryId)
    directory.administer('begin-attribute-removal', { directory: 'main', name: 'Badge', urn })
    const place = { extension: urn, attribute: 'badge', sub_attribute: '' }
    const learned = () => directory.administer('learn-lookup-index', { directoryId, place })
    finish()
    expect([held(), learned(), lookupIndexes.ofDirectory(directoryId)]).toEqual([
      [],
      { kind: 'value', value: 'known' },
      [],
    ])
    for (const afterSeq of [0, 1_000_000])
      directory.administer('remove-attribute-values', { directory: 'main', id: attribute?.id ?? 0, afterSeq })
    directory.administer('add-attribute', { ...badge, draft: { ...badge.draft, type: 'integer' } })
    const seven = directory.addUser('seven', holder(7))
    expect(learned()).toEqual({ kind: 'value', value: 'made' })
    finish()
    expect([prepared(`${urn}:badge eq 7`).isBroad, found(`${urn}:badge eq 7`)]).toEqual([false, [seven]])
    expect(held()).toEqual([['badge', '7', 'seven']])
  })

  it('tells how many it leads to, and is of one directory alone', () => {
    directory.administer('create-directory', { slug: 'other', name: 'Other' })
    for (let n = 0; n < 5; n += 1) directory.addUser(`user${n}`, { nickName: 'Same' })
    add('nickName')
    directory.administer('add-lookup-index', { directory: 'other', path: 'nickName' })
    finish(2)
    const list = prepared('nickName eq "same"')
    expect([list.isBroad, list.isWiderThan?.(4), list.isWiderThan?.(5)]).toEqual([false, true, false])
    expect(held()).toHaveLength(5)
    const other = directory.store.directories.bySlug('other')?.id
    expect(prepared('nickName eq "same"', other).page().total).toBe(0)
  })

  it('is made of what an integration matches by, and by nothing that is found at once or holds no values', () => {
    const changes = [{ name: 'matchingAttribute', value: `${enterpriseUserSchemaUrn}:employeeNumber` }]
    directory.administer('set-policy', { slug: 'entra', changes })
    directory.administer('set-policy', {
      slug: 'okta',
      changes: [{ name: 'matchingAttribute', value: 'emails[type eq "work"].value' }],
    })
    expect(add('phoneNumbers[type eq "work"].value')).toMatchObject({ kind: 'value' })
    expect(add('manager')).toMatchObject({ kind: 'value' })
    for (const path of [
      'userName',
      'emails',
      'active',
      'name',
      'groups',
      'addresses.country',
      'nothing',
      'a b',
      userUrn,
    ])
      expect(add(path)).toMatchObject({ kind: 'refused' })
    const made = directory.store.lookupIndexes.ofDirectory(directory.directoryId)
    expect(made.map(({ attribute, sub_attribute: sub, origin }) => [attribute, sub, origin])).toEqual([
      ['employeeNumber', '', 'matching-attribute'],
      ['phoneNumbers', 'value', 'admin'],
      ['manager', 'value', 'admin'],
    ])
  })

  it('of a custom attribute with several values is found by however these are asked for', () => {
    const urn = 'urn:example:acme:2.0:User'
    for (const [name, type] of [
      ['badge', 'string'],
      ['desk', 'integer'],
    ] as const)
      directory.administer('add-attribute', { directory: 'main', draft: { name, type, multiValued: true, urn } })
    const holder = { schemas: [userUrn, urn], [urn]: { badge: ['A1', 'A2'], desk: [1, 2] } }
    const alice = directory.addUser('alice', holder)
    const filters = ['badge eq "a2"', 'badge.value eq "a2"', 'badge[value eq "a2"]', 'desk[value eq 2]'].map(
      (text) => `${urn}:${text}`,
    )
    for (const text of filters) {
      const wanted = prepared(text).wantedIndex?.()
      expect(wanted && placeText(wanted)).toBe(text.includes('badge') ? `${urn}:badge` : `${urn}:desk`)
    }
    add(`${urn}:badge.value`)
    add(`${urn}:desk`)
    finish()
    for (const text of filters) expect([prepared(text).isBroad, found(text)]).toEqual([false, [alice]])
  })

  it('keeps apart what only begins alike, and finds values of any length', () => {
    add('nickName')
    const long = 'x'.repeat(100_000)
    const ids = ['a', 'b'].map((end) =>
      idOf(directory.request('POST', '/Users', { schemas: [userUrn], userName: end, nickName: `${long}${end}` })),
    )
    finish()
    expect(found(`nickName eq "${'x'.repeat(300)}"`)).toEqual([])
    expect(directory.store.lists.total(directory.directoryId, 0)).toBe(ids.length)
    expect(held().map((row) => JSON.stringify(row).length < 300)).toEqual([true, true])
  })

  it('that says what would be needed names the attribute by which few pass', () => {
    const wanted = (text: string) => prepared(text).wantedIndex?.()?.attribute
    expect(wanted('nickName eq "a"')).toBe('nickName')
    expect(wanted('active eq true and phoneNumbers[type eq "work"].value eq "1"')).toBe('phoneNumbers')
    expect(wanted('nickName eq "a" or userName eq "b"')).toBe('nickName')
    for (const text of [
      'nickName eq "a" or title eq "b"',
      'nickName co "a"',
      'not (nickName eq "a")',
      // More than are looked up one by one, index or not.
      Array.from({ length: 21 }, (_, n) => `nickName eq "n${n}"`).join(' or '),
      'active eq true',
    ])
      expect(wanted(text)).toBeUndefined()
  })
})

import {
  array,
  assert as check,
  boolean,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  property,
  record,
  string,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../error.ts'
import type { JsonObject, JsonValue, Resource } from '../json/json.ts'
import { createModels } from '../model/models.ts'
import { normalizeResource } from '../normalize/normalize.ts'
import { createNotes } from '../note.ts'
import { sameResource } from '../resource-equality.ts'
import { enterpriseUserSchemaUrn as enterprise, patchOpUrn, userSchemaUrn } from '../urn.ts'
import { applyPatch } from './apply-patch.ts'
import { parsePatch } from './parse-patch.ts'

const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'
const { user, group } = createModels([
  { name: 'costBucket', type: 'string', multiValued: false, urn: acme },
  { name: 'tags', type: 'string', multiValued: true, urn: acme },
])

const work = { type: 'work', value: 'w@x.test', primary: true }
const home = { type: 'home', value: 'h@x.test' }

function stored(attributes: JsonObject = {}): Resource {
  const input = { userName: 'alice', name: { givenName: 'Alice', familyName: 'Moss' }, ...attributes }
  return { ...normalizeResource(user, input, { notes: createNotes(), purpose: 'create' }), id: 'id-1' }
}

function patch(before: Resource, operations: readonly unknown[], notes = createNotes()): Resource {
  const body = { schemas: [patchOpUrn], Operations: operations }
  return applyPatch(user, before, parsePatch(user, body, notes), notes)
}

/** What is left of a user with these attributes after the operations. */
function after(attributes: JsonObject, ...operations: readonly unknown[]): Resource {
  return patch(stored(attributes), operations)
}

function failure(attributes: JsonObject, operations: readonly unknown[], strict = false): string {
  try {
    patch(stored(attributes), operations, createNotes(strict))
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType} ${error.detail}`
    throw error
  }
  return 'none'
}

function codes(operations: readonly unknown[], attributes: JsonObject = {}): readonly string[] {
  const notes = createNotes()
  patch(stored(attributes), operations, notes)
  return notes.list.map((each) => each.code)
}

describe('RFC 7644 §3.5.2: single values', () => {
  it.each([
    [{ op: 'add', path: 'title', value: 'T' }],
    [{ op: 'Replace', path: 'TITLE', value: 'T' }],
    [{ Op: 'REPLACE', Path: `${userSchemaUrn}:title`, Value: 'T' }],
    [{ op: 'replace', value: { title: 'T' } }],
    [{ op: 'add', path: null, value: { TITLE: 'T' } }],
    [{ op: 'replace', value: '{"title":"T"}' }],
    [{ op: 'replace', path: 'title', value: [{ $ref: null, value: 'T' }] }],
    [{ op: 'replace', value: { [userSchemaUrn]: { title: 'T' } } }],
  ])('are set by %j', (operation) => {
    expect(after({ title: 'old' }, operation)['title']).toBe('T')
    expect(after({}, operation)['title']).toBe('T')
  })

  it.each([
    [{ op: 'Remove', path: 'title' }],
    [{ op: 'remove', path: 'title', value: 'whatever' }],
    [{ op: 'replace', path: 'title', value: '' }],
    [{ op: 'replace', path: 'title', value: null }],
    [{ op: 'replace', path: 'title', value: [] }],
    [{ op: 'replace', value: { title: '' } }],
    [{ op: 'replace', value: { title: null } }],
  ])('are cleared by %j', (operation) => {
    expect(after({ title: 'old' }, operation)).toEqual(stored())
    const before = stored()
    expect(patch(before, [operation])).toBe(before)
  })

  it('are left alone by an add of nothing', () => {
    expect(after({ title: 'T' }, { op: 'add', path: 'title', value: '' })['title']).toBe('T')
  })

  it('take the coercions of a create', () => {
    expect(after({ active: true }, { op: 'Replace', path: 'active', value: 'False' })['active']).toBe(false)
    expect(codes([{ op: 'replace', path: 'active', value: 'False' }])).toEqual(['boolean-as-text'])
    expect(failure({}, [{ op: 'replace', path: 'active', value: 'maybe' }])).toContain('400 invalidValue')
    expect(failure({}, [{ op: 'replace', path: 'active', value: 'False' }], true)).toContain('400 invalidValue')
  })
})

describe('RFC 7644 §3.5.2: complex values', () => {
  it.each([
    [{ op: 'replace', path: 'name.familyName', value: 'M' }],
    [{ op: 'replace', path: 'name', value: { familyName: 'M' } }],
    [{ op: 'add', path: 'name', value: { FAMILYNAME: 'M' } }],
    [{ op: 'replace', value: { name: { familyName: 'M' } } }],
    [{ op: 'replace', value: { 'name.familyName': 'M' } }],
    [{ op: 'replace', path: 'name', value: [{ familyName: 'M' }] }],
    [{ op: 'replace', path: 'name', value: '{"familyName":"M"}' }],
  ])('keep the sub-attributes that are not named: %j', (operation) => {
    expect(after({}, operation)['name']).toEqual({ givenName: 'Alice', familyName: 'M' })
  })

  it('lose what is cleared, and go when nothing is left', () => {
    expect(after({}, { op: 'replace', value: { name: { givenName: '' } } })['name']).toEqual({ familyName: 'Moss' })
    const both = [
      { op: 'remove', path: 'name.givenName' },
      { op: 'replace', path: 'name.familyName', value: '' },
    ]
    expect(after({}, ...both)).not.toHaveProperty('name')
    expect(after({}, { op: 'remove', path: 'name' })).not.toHaveProperty('name')
    expect(after({}, { op: 'replace', path: 'name', value: null })).not.toHaveProperty('name')
    expect(after({}, { op: 'replace', path: 'name', value: {} })['name']).toEqual(stored()['name'])
  })

  it('refuse text', () => {
    expect(failure({}, [{ op: 'replace', path: 'name', value: 'Alice' }])).toContain('"name" must be an object')
  })
})

describe('extensions', () => {
  const manager = `${enterprise}:manager`
  const setManager = (value: string) => ({ op: 'replace', path: `${manager}.value`, value })

  it('come and go with their data, and with them their URN', () => {
    const added = after({}, { op: 'Add', path: `${enterprise}:department`, value: 'R' })
    expect(added).toMatchObject({ schemas: [userSchemaUrn, enterprise], [enterprise]: { department: 'R' } })
    expect(patch(added, [{ op: 'Remove', path: `${enterprise}:department` }])).toEqual(stored())
    expect(patch(added, [{ op: 'remove', path: enterprise }])).toEqual(stored())
    expect(patch(added, [{ op: 'replace', path: enterprise.toUpperCase(), value: null }])).toEqual(stored())
  })

  it('are left alone by an add of nothing', () => {
    const before = stored({ [enterprise]: { department: 'D' } })
    for (const value of [null, '', {}]) expect(patch(before, [{ op: 'add', path: enterprise, value }])).toBe(before)
  })

  it('keep the attributes that a value for the whole does not name', () => {
    const before = { [enterprise]: { costCenter: 'C', department: 'D' } }
    for (const operation of [
      { op: 'replace', value: { [enterprise]: { department: 'E' } } },
      { op: 'replace', path: enterprise, value: { department: 'E' } },
      { op: 'add', value: { [`${enterprise}:department`]: 'E' } },
      { op: 'add', path: 'department', value: 'E' },
    ]) {
      expect(after(before, operation)[enterprise]).toEqual({ costCenter: 'C', department: 'E' })
    }
  })

  it.each([
    [{ op: 'Add', path: manager, value: 'm2' }],
    [{ op: 'Replace', path: manager, value: { value: 'm2' } }],
    [{ op: 'replace', path: 'manager', value: [{ $ref: null, value: 'm2' }] }],
    [{ op: 'add', path: `${manager}.value`, value: 'm2' }],
    [{ op: 'replace', value: { [manager]: 'm2' } }],
    [{ op: 'add', value: { [enterprise]: { manager: { managerId: 'm2', displayName: 'B' } } } }],
  ])('take a manager as %j', (operation) => {
    expect(after({}, operation)[enterprise]).toEqual({ manager: { value: 'm2' } })
    expect(after({ [enterprise]: { manager: { value: 'm1' } } }, operation)[enterprise]).toEqual({
      manager: { value: 'm2' },
    })
  })

  it('replace a manager as one, so that no reference to the old one stays', () => {
    const before = { [enterprise]: { manager: { value: 'm1', $ref: '../Users/m1' } } }
    expect(after(before, { op: 'replace', path: manager, value: 'm2' })[enterprise]).toEqual({
      manager: { value: 'm2' },
    })
  })

  it.each([
    [{ op: 'Remove', path: manager }],
    [{ op: 'replace', path: manager, value: '' }],
    [{ op: 'replace', path: manager, value: null }],
    [{ op: 'replace', path: manager, value: { value: '' } }],
    [{ op: 'replace', value: { [enterprise]: { manager: null } } }],
  ])('let go of a manager: %j', (operation) => {
    const before = { [enterprise]: { manager: { value: 'm1' }, department: 'D' } }
    expect(after(before, operation)[enterprise]).toEqual({ department: 'D' })
  })

  it('keep nothing of another manager beside a new value', () => {
    const before = { [enterprise]: { manager: { value: 'm1', $ref: '../Users/m1' } } }
    expect(after(before, setManager('m2'))[enterprise]).toEqual({ manager: { value: 'm2' } })
    expect(after(before, setManager('m1'))).toEqual(stored(before))
    expect(after(before, setManager(''))).toEqual(stored())
  })

  it('take from a reference to a manager who it leads to, as a whole value does', () => {
    const setReference = (value: unknown) => ({ op: 'replace', path: `${manager}.$ref`, value })
    const before = { [enterprise]: { manager: { value: 'm1', $ref: '../Users/m1' } } }
    for (const attributes of [{}, before]) {
      expect(after(attributes, setReference('../Users/m2'))[enterprise]).toEqual({
        manager: { value: 'm2', $ref: '../Users/m2' },
      })
    }
    expect(after(before, setReference(null))[enterprise]).toEqual({ manager: { value: 'm1' } })
    expect(after(before, setManager('m2'), setReference('../Users/m2'))[enterprise]).toEqual({
      manager: { value: 'm2', $ref: '../Users/m2' },
    })
  })

  it('do not lose a manager to an object that says nothing of who it is', () => {
    const before = { [enterprise]: { manager: { value: 'm1' } } }
    const operation = { op: 'replace', path: manager, value: { displayName: 'B' } }
    expect(after(before, operation)).toEqual(stored(before))
  })

  it('are not replaced by what a filter describes that they do not match', () => {
    const operation = { op: 'replace', path: 'name[givenName eq "Z"].familyName', value: 'F' }
    expect(failure({ name: { givenName: 'G', familyName: 'E' } }, [operation])).toContain('400 noTarget')
    expect(after({ name: { givenName: 'z', familyName: 'E' } }, operation)['name']).toEqual({
      givenName: 'z',
      familyName: 'F',
    })
  })

  it('have simple lists', () => {
    const path = `${acme}:tags`
    const before = { [acme]: { tags: ['a', 'b'] } }
    expect(after(before, { op: 'add', path, value: ['b', 'c'] })[acme]).toEqual({ tags: ['a', 'b', 'c'] })
    expect(after(before, { op: 'remove', path, value: ['a'] })[acme]).toEqual({ tags: ['b'] })
    expect(after(before, { op: 'remove', path, value: [{ value: 'a' }] })[acme]).toEqual({ tags: ['b'] })
    expect(after(before, { op: 'replace', path, value: 'z' })[acme]).toEqual({ tags: ['z'] })
    expect(after(before, { op: 'remove', path })).not.toHaveProperty([acme])
  })

  it('have simple lists whose values are told apart as filters tell them', () => {
    const path = `${acme}:tags`
    const before = { [acme]: { tags: ['Abc', 'd'] } }
    expect(after(before, { op: 'add', path, value: ['abc', 'e', 'E'] })[acme]).toEqual({ tags: ['Abc', 'd', 'e'] })
    expect(after(before, { op: 'remove', path, value: ['ABC'] })[acme]).toEqual({ tags: ['d'] })
    for (const nothing of [[], null, ['']])
      expect(after(before, { op: 'add', path, value: nothing })[acme]).toEqual({ tags: ['Abc', 'd'] })
  })

  it('have simple lists of which a filter on the value takes some', () => {
    const tags = `${acme}:tags`
    const before = { [acme]: { tags: ['Abc', 'd', 'e'] } }
    const tagsAfter = (op: string, filter: string, value?: unknown) =>
      after(before, { op, path: `${tags}[${filter}]`, ...(value === undefined ? {} : { value }) })[acme]
    expect(tagsAfter('remove', 'value eq "abc"')).toEqual({ tags: ['d', 'e'] })
    expect(tagsAfter('remove', 'value eq "d" or Value eq "e"')).toEqual({ tags: ['Abc'] })
    expect(tagsAfter('remove', 'value sw "x"')).toEqual({ tags: ['Abc', 'd', 'e'] })
    expect(tagsAfter('remove', 'value pr')).toBeUndefined()
    expect(tagsAfter('replace', 'value eq "d"', 'D2')).toEqual({ tags: ['Abc', 'D2', 'e'] })
    expect(tagsAfter('replace', 'value ne "d"', [{ value: 'D' }])).toEqual({ tags: ['D'] })
    expect(tagsAfter('replace', 'value eq "d"', null)).toEqual({ tags: ['Abc', 'e'] })
    expect(tagsAfter('replace', 'value eq "z"', 'y')).toEqual({ tags: ['Abc', 'd', 'e', 'y'] })
    expect(tagsAfter('add', 'value eq "d"', 'E')).toEqual({ tags: ['Abc', 'd', 'e'] })
    expect(tagsAfter('add', 'value eq "d"', 'f')).toEqual({ tags: ['Abc', 'd', 'e', 'f'] })
    expect(after(before, { op: 'replace', path: `${tags}[value eq "d"].value`, value: 'D2' })[acme]).toEqual({
      tags: ['Abc', 'D2', 'e'],
    })
    const of = (filter: string, value: unknown) =>
      failure(before, [{ op: 'replace', path: `${tags}[${filter}]`, value }])
    expect(of('value eq "d"', ['x', 'y'])).toContain('400 invalidValue')
    expect(of('value eq', 'x')).toContain('400 invalidFilter')
  })
})

describe('lists', () => {
  it('get what is added, once', () => {
    expect(after({ emails: [work] }, { op: 'add', path: 'emails', value: [work, home, home] })['emails']).toEqual([
      work,
      home,
    ])
    expect(after({ emails: [work] }, { op: 'add', value: { emails: home } })['emails']).toEqual([work, home])
  })

  it('complete an element that is there by value and type', () => {
    const added = [{ value: 'W@X.test', type: 'work', display: 'W' }, { value: 'h@x.test' }]
    expect(after({ emails: [work, home] }, { op: 'add', path: 'emails', value: added })['emails']).toEqual([
      { ...work, value: 'W@X.test', display: 'W' },
      home,
    ])
  })

  it('keep addresses, which have no value, apart', () => {
    const lyon = { type: 'work', locality: 'Lyon' }
    const leeds = { type: 'work', locality: 'Leeds' }
    expect(after({ addresses: [lyon] }, { op: 'add', path: 'addresses', value: [leeds, lyon] })['addresses']).toEqual([
      lyon,
      leeds,
    ])
  })

  it('have one primary: the one that came last', () => {
    const added = [{ ...home, primary: true }]
    expect(after({ emails: [work] }, { op: 'add', path: 'emails', value: added })['emails']).toEqual([
      { ...work, primary: false },
      { ...home, primary: true },
    ])
    const operation = { op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' }
    expect(after({ emails: [work, home] }, operation)['emails']).toEqual([
      { ...work, primary: false },
      { ...home, primary: true },
    ])
  })

  it('keep their primary one when one that gets no value is to be it', () => {
    const lyon = { type: 'work', country: 'FR', primary: true }
    const operation = { op: 'replace', path: 'emails[type eq "home"].primary', value: true }
    const ofAddress = { op: 'replace', path: 'addresses[type eq "home"].primary', value: true }
    expect(after({ emails: [work], addresses: [lyon] }, operation, ofAddress)).toMatchObject({
      emails: [work],
      addresses: [lyon],
    })
    const unmarked = { op: 'replace', path: 'emails[type eq "work"].primary', value: false }
    expect(after({ emails: [work] }, unmarked, operation)['emails']).toEqual([{ ...work, primary: false }])
  })

  it('are replaced whole', () => {
    expect(after({ emails: [work] }, { op: 'replace', path: 'emails', value: [home] })['emails']).toEqual([home])
    expect(after({ emails: [work] }, { op: 'replace', value: { emails: [home] } })['emails']).toEqual([home])
    expect(after({ emails: [work] }, { op: 'replace', path: 'emails', value: [] })).not.toHaveProperty('emails')
  })

  it('lose by a remove with values only those', () => {
    const remove = (value: JsonValue) =>
      after({ emails: [work, home] }, { op: 'Remove', path: 'emails', value })['emails']
    expect(remove([{ $ref: null, value: 'H@x.test' }])).toEqual([work])
    expect(remove(['h@x.test'])).toEqual([work])
    expect(remove({ type: 'home' })).toEqual([work])
    expect(remove('[{"value":"h@x.test"}]')).toEqual([work])
    expect(remove([{ type: 'other', value: 'h@x.test' }])).toEqual([work, home])
    expect(remove([{ value: 'nobody' }])).toEqual([work, home])
    expect(remove([])).toEqual([work, home])
    expect(remove([null, {}])).toEqual([work, home])
    expect(remove(null)).toBeUndefined()
  })

  it('note that a remove has values, of which RFC 7644 §3.5.2.2 knows nothing, and refuse them when strict', () => {
    for (const [path, value] of [
      ['emails', [{ value: home.value }]],
      [`${acme}:tags`, ['a']],
    ]) {
      const operation = { op: 'remove', path, value }
      const attributes = { emails: [work, home], [acme]: { tags: ['a', 'b'] } }
      expect(codes([operation], attributes)).toEqual(['values-remove'])
      expect(failure(attributes, [operation], true)).toMatch(/^400 invalidSyntax .* by a filter in the path/)
      expect(failure(attributes, [{ op: 'remove', path, value: null }], true)).toBe('none')
    }
  })

  it('are emptied by a remove with neither filter nor value', () => {
    expect(after({ emails: [work, home] }, { op: 'remove', path: 'emails' })).not.toHaveProperty('emails')
  })
})

describe('value filters', () => {
  it('find the elements that change', () => {
    const operation = { op: 'Replace', path: 'emails[type eq "work"].value', value: 'n@x.test' }
    expect(after({ emails: [work, home] }, operation)['emails']).toEqual([{ ...work, value: 'n@x.test' }, home])
    const whole = { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'n@x.test', primary: null } }
    expect(after({ emails: [work, home] }, whole)['emails']).toEqual([{ type: 'work', value: 'n@x.test' }, home])
    const removal = { op: 'remove', path: 'emails[type eq "work" or value co "nothing"]' }
    expect(after({ emails: [work, home] }, removal)['emails']).toEqual([home])
  })

  it('replace whole what they find, but for what they equate, and complete it in an add', () => {
    const path = 'addresses[type eq "work"]'
    const before = { addresses: [{ type: 'work', locality: 'Lyon', region: 'ARA' }, { locality: 'Paris' }] }
    const value = { locality: 'Berlin', country: 'DE' }
    expect(after(before, { op: 'replace', path, value })['addresses']).toEqual([
      { type: 'work', locality: 'Berlin', country: 'DE' },
      { locality: 'Paris' },
    ])
    expect(after(before, { op: 'add', path, value })['addresses']).toEqual([
      { type: 'work', locality: 'Berlin', region: 'ARA', country: 'DE' },
      { locality: 'Paris' },
    ])
  })

  it('set on what they find what is no value of its own', () => {
    for (const value of [{ primary: 'True' }, { type: 'work', primary: true }]) {
      const operation = { op: 'replace', path: 'emails[type eq "work"]', value }
      expect(after({ emails: [work, home] }, operation)['emails']).toEqual([{ ...work, primary: true }, home])
    }
    for (const filter of [`value eq "${work.value}"`, `type eq "work" and value eq "${work.value}"`]) {
      const operation = { op: 'replace', path: `emails[${filter}]`, value: { primary: true } }
      expect(after({ emails: [work, home] }, operation)['emails']).toEqual([{ ...work, primary: true }, home])
    }
    const named = { op: 'replace', path: 'emails[type eq "work"]', value: { display: 'W' } }
    expect(after({ emails: [work] }, named)['emails']).toEqual([{ ...work, display: 'W' }])
    const empty = { op: 'replace', path: 'emails[type eq "work"]', value: {} }
    expect(after({ emails: [work, home] }, empty)['emails']).toEqual([work, home])
  })

  it.each(['add', 'replace', 'Replace'])('%s makes the element that they describe', (op) => {
    const made = { type: 'work', value: 'n@x.test' }
    expect(
      after({ emails: [home] }, { op, path: 'emails[type eq "work"].value', value: 'n@x.test' })['emails'],
    ).toEqual([home, made])
    expect(after({}, { op, path: 'emails[type eq "work"]', value: { value: 'n@x.test' } })['emails']).toEqual([made])
    expect(after({}, { op, path: 'emails[type eq "work"]', value: [made] })['emails']).toEqual([made])
    expect(after({}, { op, path: 'emails[value eq "n@x.test" and type eq "work"]', value: made })['emails']).toEqual([
      made,
    ])
    expect(after({}, { op, value: { 'emails[type eq "work"].value': 'n@x.test' } })['emails']).toEqual([made])
  })

  it('make an element with all that is equated, a boolean given as text too', () => {
    expect(
      after({}, { op: 'add', path: 'roles[primary eq "True" and type eq "t"].value', value: 'r' })['roles'],
    ).toEqual([{ primary: true, type: 't', value: 'r' }])
    const operation = { op: 'replace', path: 'roles[primary eq "True"].value', value: 'Owner' }
    expect(after({ roles: [{ value: 'Editor', primary: true }] }, operation)['roles']).toEqual([
      { value: 'Owner', primary: true },
    ])
  })

  it('hit in later operations what an earlier one made', () => {
    const operations = [
      { op: 'Add', path: 'emails[type eq "work"].primary', value: 'True' },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'n@x.test' },
      { op: 'Add', path: 'emails[type eq "work"].display', value: 'N' },
    ]
    expect(after({}, ...operations)['emails']).toEqual([
      { type: 'work', primary: true, value: 'n@x.test', display: 'N' },
    ])
  })

  it('leave nothing of an element that never got a value', () => {
    const before = stored()
    expect(patch(before, [{ op: 'add', path: 'emails[type eq "work"].primary', value: true }])).toBe(before)
  })

  it('create nothing when there is nothing to set', () => {
    const before = stored()
    for (const value of ['', null, []]) {
      expect(patch(before, [{ op: 'replace', path: 'emails[type eq "work"].value', value }])).toBe(before)
    }
    expect(patch(before, [{ op: 'remove', path: 'emails[type eq "work"].value' }])).toBe(before)
    for (const value of [{}, { type: 'work' }, { value: '' }, [{}]]) {
      expect(patch(before, [{ op: 'add', path: 'emails[type eq "work"]', value }])).toBe(before)
    }
  })

  it('make nothing when strict, where RFC 7644 §3.5.2.3 has no target', () => {
    const path = 'emails[type eq "work"].value'
    expect(failure({}, [{ op: 'replace', path, value: 'x' }], true)).toContain('400 noTarget')
    expect(failure({}, [{ op: 'add', path, value: 'x' }], true)).toBe('none')
    expect(failure({}, [{ op: 'remove', path }], true)).toBe('none')
    expect(codes([{ op: 'replace', path, value: 'x' }])).toEqual(['seeded-from-filter'])
  })

  it.each([
    ['emails[type eq "work"].value', ''],
    ['emails[type eq "work"].value', null],
    ['emails[type eq "work"]', null],
    ['name[givenName eq "Z"].familyName', null],
    [`${acme}:tags[value eq "a"]`, null],
  ])('have no target either when %s is replaced by %j, and a strict integration says so', (path, value) => {
    expect(failure({}, [{ op: 'replace', path, value }], true)).toContain('400 noTarget')
    expect(codes([{ op: 'replace', path, value }])).toEqual([])
  })

  it('are what a strict replace wants to find: without one, what does not exist is added (RFC 7644 §3.5.2.3)', () => {
    const operation = { op: 'replace', path: 'emails.value', value: 'x' }
    expect(failure({}, [operation], true)).toBe('none')
    expect(codes([operation])).toEqual([])
    expect(after({}, operation)['emails']).toEqual([{ value: 'x' }])
  })

  it('that describe no element find no target', () => {
    for (const filter of ['type eq "a" or type eq "b"', 'value co "x"', 'not (type eq "a")']) {
      expect(failure({}, [{ op: 'replace', path: `emails[${filter}].value`, value: 'x' }])).toContain('400 noTarget')
    }
  })

  it('drop an element whose value is cleared', () => {
    const emails = [{ ...work, display: 'W' }, home]
    for (const operation of [
      { op: 'replace', path: 'emails[type eq "work"].value', value: '' },
      { op: 'Remove', path: 'emails[type eq "work"].value' },
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: null } },
      { op: 'replace', path: 'emails[type eq "work"]', value: '' },
    ]) {
      expect(after({ emails }, operation)['emails']).toEqual([home])
    }
    const display = { op: 'remove', path: 'emails[type eq "work"].display' }
    expect(after({ emails }, display)['emails']).toEqual([work, home])
    const country = { op: 'replace', path: 'addresses[type eq "work"].country', value: '' }
    expect(after({ addresses: [{ type: 'work', country: 'FR' }] }, country)).not.toHaveProperty('addresses')
  })

  it.each([
    ['the type of one', 'ims[type eq "aim"].type', 'xmpp', { primary: true }, {}],
    ['the value of one', 'ims[type eq "xmpp"].value', 'a', { type: 'xmpp', primary: true }, { type: 'xmpp' }],
  ])('make one of two elements that come to be the same by %s', (_, path, value, first, second) => {
    const one = { value: 'a', type: 'aim', ...first }
    const other = { value: path.endsWith('type') ? 'a' : 'b', type: 'xmpp', display: 'D', ...second }
    const result = after({ ims: [one, other] }, { op: 'replace', path, value })
    expect(result['ims']).toEqual([{ value: 'a', type: 'xmpp', primary: true, display: 'D' }])
  })

  it('give the mark of the preferred one to what a new element comes to be', () => {
    const old = { value: 'a', type: 'aim', primary: true }
    const operation = { op: 'replace', path: 'ims[value eq "b"]', value: { ...old, display: 'D' } }
    expect(after({ ims: [old] }, operation)['ims']).toEqual([{ ...old, display: 'D' }])
  })

  it('are not needed: a sub-attribute is that of all elements', () => {
    expect(after({ emails: [work, home] }, { op: 'remove', path: 'emails.type' })['emails']).toEqual([
      { value: work.value, primary: true },
      { value: home.value },
    ])
    expect(after({}, { op: 'add', path: 'emails.value', value: 'n' })['emails']).toEqual([{ value: 'n' }])
  })
})

describe('what is ignored', () => {
  it('unknown attributes, with a note', () => {
    const before = stored()
    const operations: readonly JsonObject[] = [
      { op: 'replace', path: 'companyName', value: 'x' },
      { op: 'remove', path: 'urn:x:y:z' },
      { op: 'add', value: { shoeSize: 44, 'a.b.c': 1, 'emails[': 1, constructor: 1, [`${enterprise}:x`]: 1 } },
      { op: 'replace', path: enterprise, value: { nope: 1, 'a..b': 2 } },
    ]
    expect(patch(before, operations)).toBe(before)
    expect(new Set(codes(operations))).toEqual(new Set(['unknown-attribute']))
    expect(failure({}, operations, true)).toContain('400 invalidPath')
  })

  it('nothing of an attribute that stands twice in a value, which leaves a note', () => {
    const twice = { op: 'replace', value: { title: 'B', Title: 'A', emails: [work], Emails: [home] } }
    expect(after({}, twice)).toMatchObject({ title: 'A', emails: [home] })
    expect(codes([twice])).toEqual(['repeated-attribute', 'repeated-attribute'])
    expect(failure({}, [twice], true)).toContain('400 invalidSyntax')
    expect(codes([{ op: 'add', value: { emails: [work], Emails: [home] } }])).toEqual([])
  })

  it('nothing of how IdPs write operations, which leaves notes instead', () => {
    expect(codes([{ op: 'Replace', path: 'title', value: 'x' }])).toEqual(['op-case'])
    expect(codes([{ op: 'replace', value: { 'name.givenName': 'x' } }])).toEqual(['dotted-key'])
    expect(codes([{ op: 'replace', value: { [`${enterprise}:department`]: 'x' } }])).toEqual(['dotted-key'])
    expect(codes([{ op: 'replace', value: { [enterprise]: { department: 'x' } } }])).toEqual([])
    expect(failure({}, [{ op: 'Replace', path: 'title', value: 'x' }], true)).toContain('400 invalidSyntax')
  })

  it('keys that reach for prototypes', () => {
    const before = stored()
    const value: unknown = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor.prototype.polluted":1,"name":{"__proto__":{"x":1}}}',
    )
    const result = patch(before, [{ op: 'add', value }])
    expect(result).toBe(before)
    expect(JSON.stringify(result)).not.toContain('polluted')
    expect({}).not.toHaveProperty('polluted')
  })

  it('what the server sets, in a value without a path, and the list of schemas with one', () => {
    const before = stored()
    const value = { id: 'x', meta: { created: 'y' }, schemas: ['z'], groups: [{ value: 'g' }] }
    expect(patch(before, [{ op: 'replace', value }])).toBe(before)
    for (const op of ['add', 'replace', 'remove'])
      expect(codes([{ op, path: 'schemas', value: ['z'] }])).toEqual(['read-only-ignored'])
  })

  it('a password, which no note shows', () => {
    const notes = createNotes()
    const before = stored()
    expect(patch(before, [{ op: 'replace', value: { password: 'hunter2' } }], notes)).toBe(before)
    expect(patch(before, [{ op: 'add', path: 'password', value: 'hunter2' }], notes)).toBe(before)
    expect(JSON.stringify(notes.list)).not.toContain('hunter2')
    expect(notes.list.map((each) => each.code)).toEqual(['password-not-kept', 'password-not-kept'])
  })
})

describe('what is refused', () => {
  it.each([
    [{ op: 'move', path: 'title', value: 'x' }, '400 invalidSyntax'],
    [{ path: 'title', value: 'x' }, '400 invalidSyntax'],
    [{ op: 7 }, '400 invalidSyntax'],
    ['replace', '400 invalidSyntax'],
    [{ op: 'remove' }, '400 noTarget'],
    [{ op: 'remove', path: '' }, '400 noTarget'],
    [{ op: 'replace', path: 7, value: 'x' }, '400 invalidPath'],
    [{ op: 'replace', path: 'emails[type eq', value: 'x' }, '400 invalid'],
    [{ op: 'replace', path: 'name..familyName', value: 'x' }, '400 invalidPath'],
    [{ op: 'replace', path: 'title' }, '400 invalidValue'],
    [{ op: 'add', value: 'x' }, '400 invalidValue'],
    [{ op: 'add', value: [] }, '400 invalidValue'],
    [{ op: 'add', value: '["x"]' }, '400 invalidValue'],
    [{ op: 'replace', path: 'userName', value: { a: 1 } }, '400 invalidValue'],
    [{ op: 'replace', path: 'userName', value: true }, '400 invalidValue'],
    [{ op: 'replace', path: 'userName', value: ' ' }, '400 invalidValue'],
    [{ op: 'replace', path: 'userName', value: '' }, '400 mutability "userName" is required'],
    [{ op: 'remove', path: 'userName' }, '400 mutability "userName" is required'],
    [{ op: 'remove', path: userSchemaUrn }, '400 mutability'],
    [{ op: 'replace', path: 'id', value: 'x' }, '400 mutability'],
    [{ op: 'replace', path: 'meta.created', value: 'x' }, '400 mutability'],
    [{ op: 'add', path: 'groups', value: [] }, '400 mutability "groups" is read-only: it follows from the "members"'],
    [{ op: 'remove', path: 'groups[value eq "x"]' }, 'so change those at /Groups (operation 2).'],
    [{ op: 'replace', path: 'emails[type eq "work"]', value: [home, work] }, '400 invalidValue'],
  ])('%j', (operation, expected) => {
    expect(failure({}, [{ op: 'replace', path: 'title', value: 'x' }, operation])).toContain(expected)
  })

  it('an envelope that is none', () => {
    for (const body of [null, [], 'x', {}, { Operations: {} }, { schemas: [patchOpUrn] }]) {
      expect(() => parsePatch(user, body, createNotes())).toThrow(ScimError)
    }
  })

  it('not an envelope with another letter case or other schemas, nor an empty list', () => {
    const notes = createNotes()
    const before = stored()
    expect(applyPatch(user, before, parsePatch(user, { OPERATIONS: [] }, notes), notes)).toBe(before)
    expect(notes.list.map((each) => each.code)).toEqual(['patch-schema-missing', 'no-operations'])
  })

  it.each([
    ['long filters', `emails[${Array.from({ length: 400 }, () => 'value co "x"').join(' or ')}]`],
    ['long values', 'emails[value co "x"]'],
  ])('so much work: %s', (_, path) => {
    const emails = [{ value: 'ä'.repeat(100_000) }]
    const operations = Array.from({ length: 1000 }, () => ({ op: 'remove', path }))
    expect(failure({ emails }, operations)).toContain('400 invalidValue')
  })

  it('so much work that it would occupy the server', () => {
    const emails = Array.from({ length: 5000 }, (_, index) => ({ value: `${index}` }))
    const operations = Array.from({ length: 1000 }, () => ({
      op: 'replace',
      path: 'emails[value eq "1"].display',
      value: 'x',
    }))
    expect(failure({ emails }, operations)).toContain('400 invalidValue')
  })
})

describe('laws', () => {
  const email = record({ value: constantFrom('a', 'b', 'c'), type: constantFrom('work', 'home', 'other') })
  const emails = array(email, { maxLength: 4 })

  it('an add that is repeated changes nothing', () => {
    check(
      property(emails, emails, (before, added) => {
        const operation = { op: 'add', path: 'emails', value: added }
        const once = after({ emails: before }, operation)
        expect(patch(once, [operation])).toBe(once)
      }),
    )
  })

  it('what is added and then removed leaves what was there', () => {
    check(
      property(emails, email, (before, added) => {
        if (before.some((each) => each.value === added.value && each.type === added.type)) return
        const start = stored({ emails: before })
        const operations = [
          { op: 'add', path: 'emails', value: [added] },
          { op: 'remove', path: 'emails', value: [added] },
        ]
        expect(patch(start, operations)).toEqual(start)
      }),
    )
  })

  it('operations one by one do what they do in one request', () => {
    const operation = oneof(
      record({
        op: constantFrom('add', 'replace', 'remove'),
        path: constantFrom('title', 'nickName'),
        value: constantFrom('x', 'y', ''),
      }),
      record({
        op: constantFrom('add', 'replace'),
        path: constantFrom('emails[type eq "work"].value', 'emails.display'),
        value: constantFrom('x', ''),
      }),
      record({ op: constantFrom('add', 'replace', 'remove'), path: constantFrom('emails'), value: emails }),
    )
    check(
      property(emails, array(operation, { maxLength: 6 }), (before, operations) => {
        const start = stored({ emails: before })
        const oneByOne = operations.reduce((resource: Resource, each) => patch(resource, [each]), start)
        expect(sameResource(patch(start, operations), oneByOne)).toBe(true)
      }),
    )
  })

  it('never changes the resource that it was given', () => {
    const before = stored({ emails: [work, home], [enterprise]: { manager: { value: 'm' } } })
    const copy = structuredClone(before)
    patch(before, [
      { op: 'replace', value: { title: 'x', name: { givenName: 'y' }, [enterprise]: { manager: 'n' } } },
      { op: 'add', path: 'emails', value: [{ value: 'z', primary: true }] },
      { op: 'remove', path: 'emails[type eq "home"]' },
    ])
    expect(before).toEqual(copy)
  })

  it('hostile input fails with nothing but a ScimError, and every result is a clean resource', () => {
    const path = oneof(
      constantFrom(
        'emails',
        'emails[type eq "work"]',
        'emails[type eq "work"].value',
        'name',
        'manager',
        enterprise,
        acme,
        'roles',
        'members',
        '__proto__',
        'active',
        'schemas',
      ),
      string(),
    )
    const operation = record(
      { op: constantFrom('add', 'Replace', 'remove'), path, value: oneof(jsonValue(), dictionary(path, jsonValue())) },
      { requiredKeys: ['op'] },
    )
    check(
      property(array(oneof(operation, jsonValue())), boolean(), (operations, strict) => {
        for (const model of [user, group]) {
          const name = model === user ? 'userName' : 'displayName'
          const before: Resource = { schemas: [model.core.id], [name]: 'a' }
          const notes = createNotes(strict)
          let result: Resource | undefined
          try {
            const parsed = parsePatch(model, { schemas: [patchOpUrn], Operations: operations }, notes)
            result = applyPatch(model, before, parsed, notes)
          } catch (error) {
            if (!(error instanceof ScimError) || error.status !== 400) throw error
          }
          const again = result && normalizeResource(model, result, { notes: createNotes(true), purpose: 'patched' })
          expect(again).toEqual(result)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('values nested very deep are refused', () => {
    const deep: unknown = JSON.parse(`${'[{"value":'.repeat(50_000)}1${'}]'.repeat(50_000)}`)
    for (const path of ['title', 'name.givenName', 'emails', 'emails[type eq "work"]', 'manager', enterprise]) {
      expect(failure({}, [{ op: 'replace', path, value: deep }])).toContain('400 invalidValue')
    }
  })
})

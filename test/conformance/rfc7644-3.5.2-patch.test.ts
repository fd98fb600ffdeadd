import { afterAll, describe, expect, test } from 'vitest'
import { enterpriseUserSchemaUrn, patchOpUrn, userSchemaUrn } from '../../src/scim/urn.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server
const ent = enterpriseUserSchemaUrn

const work = { type: 'work', value: 'w@patch.test', primary: true }
const home = { type: 'home', value: 'h@patch.test' }

/** A fresh user, patched; the answer must be 200 with the resource as a read shows it afterwards. */
async function patched(before: Parameters<typeof user>[0], ...operations: readonly unknown[]) {
  const id = await scim.create('/Users', user(before))
  const answer = await scim.patch(`/Users/${id}`, operations)
  expect(answer.text).not.toContain('"scimType"')
  expect(answer.status).toBe(200)
  const read = await scim.get(`/Users/${id}`)
  expect(answer.body).toEqual(read.body)
  return read
}

/** A fresh user whose PATCH is refused; it must read as before. */
async function refused(before: Parameters<typeof user>[0], ...operations: readonly unknown[]) {
  const made = await scim.post('/Users', user(before))
  const answer = await scim.patch(`/Users/${made.textAt('/id')}`, operations)
  expect((await scim.get(`/Users/${made.textAt('/id')}`)).body).toEqual(made.body)
  return answer
}

describe('RFC 7644 §3.5.2: PATCH, the plain forms', () => {
  test.each([
    ['add', { op: 'add', path: 'nickName', value: 'N' }],
    ['replace', { op: 'replace', path: 'nickName', value: 'N' }],
    ['add without a path', { op: 'add', value: { nickName: 'N' } }],
    ['replace without a path', { op: 'replace', value: { nickName: 'N' } }],
    ['Replace', { op: 'Replace', path: 'nickName', value: 'N' }],
    ['ADD', { op: 'ADD', path: 'NICKNAME', value: 'N' }],
    ['capital keys', { Op: 'add', Path: 'nickName', Value: 'N' }],
    ['a URN path', { op: 'add', path: `${userSchemaUrn}:nickName`, value: 'N' }],
    ['a URN path in capitals', { op: 'add', path: `${userSchemaUrn.toUpperCase()}:nickname`, value: 'N' }],
    ['a wrapped value', { op: 'replace', path: 'nickName', value: [{ $ref: null, value: 'N' }] }],
  ])('%s sets a simple attribute', async (_, operation) => {
    const after = await patched({ nickName: 'old' }, operation)
    expect(after.at('/nickName')).toBe('N')
  })

  test.each([
    ['remove', { op: 'remove', path: 'nickName' }],
    ['Remove', { op: 'Remove', path: 'nickName' }],
    ['replace by ""', { op: 'replace', path: 'nickName', value: '' }],
    ['replace by null', { op: 'replace', path: 'nickName', value: null }],
    ['path-less replace by ""', { op: 'replace', value: { nickName: '' } }],
    ['path-less replace by null', { op: 'replace', value: { nickName: null } }],
  ])('%s clears an attribute', async (_, operation) => {
    const after = await patched({ nickName: 'old' }, operation)
    expect(after.at('/nickName') ?? null).toBeNull()
  })

  test('a sub-attribute by path leaves its neighbours', async () => {
    const after = await patched(
      { name: { givenName: 'A', familyName: 'B' } },
      { op: 'replace', path: 'name.familyName', value: 'C' },
    )
    expect(after.at('/name')).toMatchObject({ givenName: 'A', familyName: 'C' })
  })

  test('a path-less replace of a complex attribute leaves the sub-attributes that it does not name', async () => {
    const after = await patched(
      { name: { givenName: 'A', familyName: 'B', middleName: 'M' } },
      { op: 'replace', value: { name: { familyName: 'C' } } },
    )
    expect(after.at('/name')).toMatchObject({ familyName: 'C', middleName: 'M' })
  })

  test('dotted and URN keys inside a path-less value are paths', async () => {
    const after = await patched(
      {},
      {
        op: 'replace',
        value: {
          'name.givenName': 'Dot',
          [`${ent}:department`]: 'D1',
          [ent]: { division: 'D2' },
          'emails[type eq "work"].value': 'dotted@patch.test',
        },
      },
    )
    expect(after.body).toMatchObject({
      name: { givenName: 'Dot' },
      [ent]: { department: 'D1', division: 'D2' },
      emails: [{ type: 'work', value: 'dotted@patch.test' }],
    })
    expect(Object.keys(Object(after.body))).not.toContain('name.givenName')
  })

  test('operations apply in order', async () => {
    const after = await patched(
      { nickName: 'a' },
      { op: 'remove', path: 'nickName' },
      { op: 'add', path: 'nickName', value: 'b' },
      { op: 'replace', path: 'nickName', value: 'c' },
    )
    expect(after.at('/nickName')).toBe('c')
  })

  test('add appends to a list, without doubling what is there', async () => {
    const after = await patched({ emails: [work] }, { op: 'add', path: 'emails', value: [work, home] })
    expect(after.at('/emails')).toEqual([work, home])
  })

  test('replace of a list replaces the list', async () => {
    const after = await patched({ emails: [work, home] }, { op: 'replace', path: 'emails', value: [home] })
    expect(after.at('/emails')).toEqual([home])
  })

  test('a new primary value takes the mark from the old one', async () => {
    const after = await patched({ emails: [work] }, { op: 'add', path: 'emails', value: [{ ...home, primary: true }] })
    expect(after.at('/emails/0/primary') ?? false).toBe(false)
    expect(after.at('/emails/1/primary')).toBe(true)
  })

  test('a value that does not say whether it is primary is not (RFC 7643 §2.4)', async () => {
    const after = await patched({ emails: [work, home] }, { op: 'remove', path: 'emails[primary eq false]' })
    expect(after.at('/emails')).toEqual([work])
  })

  test('an enterprise attribute brings its schema, and its last one takes it away', async () => {
    const id = await scim.create('/Users', user())
    const path = `${ent}:employeeNumber`
    const added = await scim.patch(`/Users/${id}`, [{ op: 'Add', path, value: '7' }])
    expect(added.at('/schemas')).toContain(ent)
    const removed = await scim.patch(`/Users/${id}`, [{ op: 'Remove', path }])
    expect(removed.at(`/${ent}`)).toBeUndefined()
    expect(removed.at('/schemas')).toEqual([userSchemaUrn])
  })
})

describe('RFC 7644 §3.5.2: value filters', () => {
  test('replace changes what matches and nothing else', async () => {
    const after = await patched(
      { emails: [work, home] },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@patch.test' },
    )
    expect(after.at('/emails')).toEqual([{ ...work, value: 'new@patch.test' }, home])
  })

  test.each(['add', 'replace', 'Replace'])(
    '%s that matches nothing creates the entry, seeded from the filter',
    async (op) => {
      const after = await patched(
        { emails: [home] },
        { op, path: 'emails[type eq "work"].value', value: 'made@patch.test' },
      )
      expect(after.at('/emails')).toEqual([home, { type: 'work', value: 'made@patch.test' }])
    },
  )

  test.each([
    [{ primary: true }, { ...home, primary: true }, { ...work, primary: false }],
    [{ type: 'other' }, { ...home, type: 'other' }, work],
    [{ display: 'H' }, { ...home, display: 'H' }, work],
  ])(
    'replace of an entry that is named by its value sets %j and leaves the rest of it',
    async (value, becomes, other) => {
      const after = await patched(
        { emails: [work, home] },
        { op: 'replace', path: `emails[value eq "${home.value}"]`, value },
      )
      expect(after.at('/emails')).toEqual([other, becomes])
    },
  )

  test('later operations hit the entry that an earlier one made', async () => {
    const after = await patched(
      {},
      { op: 'replace', path: 'addresses[type eq "work"].country', value: 'FR' },
      { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Lyon' },
      { op: 'add', path: 'addresses[type eq "work"].postalCode', value: '69000' },
    )
    expect(after.at('/addresses')).toEqual([{ type: 'work', country: 'FR', locality: 'Lyon', postalCode: '69000' }])
  })

  test('an and-filter seeds all its equalities', async () => {
    const after = await patched(
      { emails: [] },
      { op: 'replace', path: 'emails[type eq "other" and primary eq true].value', value: 'x@patch.test' },
    )
    expect(after.at('/emails')).toEqual([{ type: 'other', primary: true, value: 'x@patch.test' }])
  })

  test.each(['roles[primary eq "True"].value', 'roles[primary eq true].value', 'ROLES[PRIMARY EQ "true"].VALUE'])(
    '%s finds a stored boolean',
    async (path) => {
      const after = await patched({ roles: [{ value: 'A', primary: true }] }, { op: 'replace', path, value: 'B' })
      expect(after.at('/roles')).toEqual([{ value: 'B', primary: true }])
    },
  )

  test('remove takes only what matches', async () => {
    const after = await patched({ emails: [work, home] }, { op: 'remove', path: 'emails[type eq "home"]' })
    expect(after.at('/emails')).toEqual([work])
  })

  test('remove of one sub-attribute leaves the entry', async () => {
    const after = await patched(
      { emails: [{ ...work, display: 'D' }] },
      { op: 'remove', path: 'emails[type eq "work"].display' },
    )
    expect(after.at('/emails')).toEqual([work])
  })

  test('remove with a list of values takes only those', async () => {
    const after = await patched(
      { emails: [work, home] },
      { op: 'Remove', path: 'emails', value: [{ value: home.value }] },
    )
    expect(after.at('/emails')).toEqual([work])
  })

  test('remove with neither filter nor value empties the list', async () => {
    const after = await patched({ emails: [work, home] }, { op: 'remove', path: 'emails' })
    expect(after.at('/emails') ?? []).toEqual([])
  })
})

describe('RFC 7644 §3.5.2: no change, no trace', () => {
  test.each([
    ['the same value again', { op: 'replace', path: 'title', value: 'Same' }],
    ['an add of what is there', { op: 'add', path: 'emails', value: [work] }],
    ['a remove of what is absent', { op: 'remove', path: 'nickName' }],
    ['a remove by a filter that matches nothing', { op: 'remove', path: 'emails[type eq "other"]' }],
    ['a remove of values that are not there', { op: 'remove', path: 'emails', value: [{ value: 'nobody' }] }],
    ['a property that nobody knows', { op: 'replace', value: { shoeSize: 44 } }],
    ['the id in a path-less value', { op: 'replace', value: { id: 'other', title: 'Same' } }],
    ['a path that nobody knows', { op: 'replace', path: 'shoeSize', value: 44 }],
  ])('%s is a success that leaves lastModified and version alone', async (_, operation) => {
    const made = await scim.post('/Users', user({ title: 'Same', emails: [work] }))
    const answer = await scim.patch(`/Users/${made.textAt('/id')}`, [operation])
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual(made.body)
    expect(answer.headers.get('etag')).toBe(made.headers.get('etag'))
  })

  test('an empty list of operations changes nothing', async () => {
    const made = await scim.post('/Users', user())
    const answer = await scim.patch(`/Users/${made.textAt('/id')}`, [])
    expect([200, 204, 400]).toContain(answer.status)
    expect((await scim.get(`/Users/${made.textAt('/id')}`)).body).toEqual(made.body)
  })

  test('there and back within one request is no change', async () => {
    const made = await scim.post('/Users', user({ title: 'Same' }))
    const answer = await scim.patch(`/Users/${made.textAt('/id')}`, [
      { op: 'replace', path: 'title', value: 'Other' },
      { op: 'replace', path: 'title', value: 'Same' },
    ])
    expect(answer.body).toEqual(made.body)
  })
})

describe('RFC 7644 §3.5.2: booleans and managers, as they are sent', () => {
  test.each([
    ['False', false],
    ['True', true],
    ['false', false],
    [true, true],
    [[{ value: 'False' }], false],
  ])('active given as %j', async (value, taken) => {
    const after = await patched({ active: !taken }, { op: 'Replace', path: 'active', value })
    expect(after.at('/active')).toBe(taken)
  })

  test.each([
    ['plain text', (id: string) => ({ op: 'Add', path: `${ent}:manager`, value: id })],
    ['an object', (id: string) => ({ op: 'Replace', path: `${ent}:manager`, value: { value: id } })],
    [
      'a list with a $ref, without the URN',
      (id: string) => ({ op: 'replace', path: 'manager', value: [{ $ref: `../Users/${id}`, value: id }] }),
    ],
    ['its value by path', (id: string) => ({ op: 'add', path: `${ent}:manager.value`, value: id })],
    ['a URN key', (id: string) => ({ op: 'replace', value: { [`${ent}:manager`]: id } })],
    ['JSON text of a list', (id: string) => ({ op: 'add', path: `${ent}:manager`, value: `[{"value":"${id}"}]` })],
    ['JSON text for its id', (id: string) => ({ op: 'add', path: `${ent}:manager.value`, value: `{"value":"${id}"}` })],
    ['the extension whole', (id: string) => ({ op: 'add', value: { [ent]: { manager: { value: id } } } })],
  ])('a manager given as %s reads as an object with value', async (_, operation) => {
    const boss = await scim.create('/Users', user({ displayName: 'The Boss' }))
    const after = await patched({}, operation(boss))
    expect(after.at(`/${ent}/manager/value`)).toBe(boss)
  })

  test.each([
    ['remove', { op: 'Remove', path: `${ent}:manager` }],
    ['""', { op: 'Replace', path: `${ent}:manager`, value: '' }],
    ['null', { op: 'replace', path: `${ent}:manager`, value: null }],
    ['an empty value', { op: 'replace', path: `${ent}:manager`, value: { value: '' } }],
  ])('a manager taken away by %s is gone', async (_, operation) => {
    const boss = await scim.create('/Users', user())
    const after = await patched({ [ent]: { manager: { value: boss }, department: 'Ops' } }, operation)
    expect(after.at(`/${ent}/manager`) ?? null).toBeNull()
    expect(after.at(`/${ent}/department`)).toBe('Ops')
  })

  const former = 'urn:scim:schemas:extension:enterprise:1.0'
  test.each([
    ['a path', { op: 'replace', path: `${former}:department`, value: 'Ops' }],
    ['a path of the whole extension', { op: 'add', path: former, value: { department: 'Ops' } }],
    ['a key', { op: 'replace', value: { [`${former}:User:department`]: 'Ops' } }],
    ['a key of the whole extension', { op: 'replace', value: { [former]: { department: 'Ops' } } }],
  ])('%s under the URN of SCIM 1.1 is taken for the one of SCIM 2.0, as in a POST', async (_, operation) => {
    const after = await patched({ [ent]: { department: 'Sales', division: 'East' } }, operation)
    expect(after.at(`/${ent}`)).toEqual({ department: 'Ops', division: 'East' })
  })

  test('a manager who is no SCIM id is kept', async () => {
    const after = await patched({}, { op: 'add', path: `${ent}:manager`, value: 'someone@elsewhere.test' })
    expect(after.at(`/${ent}/manager/value`)).toBe('someone@elsewhere.test')
  })

  const roleText = JSON.stringify({ id: '1', value: 'Admin', displayName: 'Administrator', primary: 'True' })
  test.each([
    ['an element', { op: 'Add', path: 'roles', value: roleText }],
    ['the value of one', { op: 'Add', path: 'roles', value: [{ value: roleText }] }],
    ['what a filter leads to', { op: 'Add', path: 'roles[primary eq "True"].value', value: roleText }],
    ['a list', { op: 'Add', path: 'roles', value: `[${roleText}]` }],
  ])('roles given as JSON text of %s are read', async (_, operation) => {
    const after = await patched({}, operation)
    expect(after.at('/roles')).toEqual([{ value: 'Admin', display: 'Administrator', primary: true }])
  })

  test.each([
    ['an element', roleText],
    ['the value of one', [{ value: roleText }]],
    ['a list', `[${roleText}]`],
  ])('roles given as JSON text of %s are taken away by a remove', async (_, value) => {
    const after = await patched({ roles: ['Admin', 'Guest'] }, { op: 'Remove', path: 'roles', value })
    expect(after.at('/roles')).toEqual([{ value: 'Guest' }])
  })

  test.each([
    ['the address of a list', { op: 'Add', path: 'addresses', value: '{"type":"work","country":"DE"}' }],
    ['what a filter leads to', { op: 'Add', path: 'addresses[type eq "work"]', value: '{"country":"DE"}' }],
  ])('%s, given as JSON text, is read', async (_, operation) => {
    const after = await patched({}, operation)
    expect(after.at('/addresses')).toEqual([{ type: 'work', country: 'DE' }])
  })
})

describe('RFC 7644 §3.5.2: what is refused', () => {
  test.each([
    ['an unknown op', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['no op', { path: 'title', value: 'x' }, 'invalidSyntax'],
    ['an op that is no text', { op: 7, path: 'title', value: 'x' }, 'invalidSyntax'],
    // RFC 7644 table 9: what is wrong in a path's filter is invalidFilter, what is wrong around it invalidPath.
    ['a path whose filter cannot be read', { op: 'replace', path: 'emails[type eq', value: 'x' }, 'invalidFilter'],
    ['a path with two dots', { op: 'replace', path: 'name..familyName', value: 'x' }, 'invalidPath'],
    ['remove without a path', { op: 'remove' }, 'noTarget'],
    ['active: "maybe"', { op: 'replace', path: 'active', value: 'maybe' }, 'invalidValue'],
    ['an object as userName', { op: 'replace', path: 'userName', value: { a: 1 } }, 'invalidValue'],
    // RFC 7644 §3.5.2.2 names this code for a required attribute too.
    ['a remove of userName', { op: 'remove', path: 'userName' }, 'mutability'],
    ['the id', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['the meta data', { op: 'replace', path: 'meta.created', value: '2020-01-01T00:00:00Z' }, 'mutability'],
    ['text as operation', 'replace', 'invalidSyntax'],
  ])('%s', async (_, operation, scimType) => {
    const answer = await refused({ title: 'T' }, { op: 'replace', path: 'title', value: 'first' }, operation)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe(scimType)
  })

  test('a userName that another user has', async () => {
    await scim.create('/Users', user({ userName: 'taken@patch.test' }))
    const answer = await refused(
      {},
      { op: 'replace', path: 'title', value: 'x' },
      { op: 'replace', path: 'userName', value: 'Taken@patch.test' },
    )
    expect(answer.status).toBe(409)
    expect(answer.at('/scimType')).toBe('uniqueness')
  })

  test.each([
    ['no Operations', { schemas: [patchOpUrn] }],
    ['Operations that are no list', { schemas: [patchOpUrn], Operations: { op: 'add' } }],
    ['a list as body', []],
  ])('%s', async (_, body) => {
    const id = await scim.create('/Users', user())
    const answer = await scim.send('PATCH', `/Users/${id}`, body)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidSyntax')
  })

  test('keys of object internals reach nothing', async () => {
    const id = await scim.create('/Users', user())
    const text = `{"schemas":["${patchOpUrn}"],"Operations":[{"op":"add","value":{"__proto__":{"polluted":1},"constructor.prototype.polluted":1}},{"op":"add","path":"__proto__.polluted","value":1}]}`
    await scim.send('PATCH', `/Users/${id}`, text)
    expect((await scim.get(`/Users/${id}`)).text).not.toContain('polluted')
    expect((await scim.get('/ServiceProviderConfig')).text).not.toContain('polluted')
  })
})

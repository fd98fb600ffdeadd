import { expect, test } from 'vitest'
import { group, user } from '../../../test/people.ts'
import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { startApi, type RunningApi } from './api.fixture.ts'
import { everyItem } from './streams/every-item.fixture.ts'

/** Local people with these userNames, in order; returns their ids. */
async function addPeople({ api }: RunningApi, names: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const name of names)
    ids.push((await api.users.create({ resource: user({ userName: name, displayName: name }) })).id)
  return ids
}

async function scimPerson({ api, scim }: RunningApi, changes = {}): Promise<string> {
  const id = await scim.create('/Users', user({ title: 'Engineer', ...changes }))
  const { version, resource } = await api.users.get({ id })
  await api.users.edit({ id, version, resource: { ...resource, title: 'Boss' }, overManaged: true })
  return id
}

test('the overview counts the same people as the list of them, local administrators included', async () => {
  const running = await startApi()
  await addPeople(running, ['ana', 'bo'])
  const { all } = await running.api.users.search({})
  expect(all).toBe(3)
  expect(await running.api.overview.get()).toMatchObject({ users: all, groups: 0 })
})

test('a list is walked to its end and back, and says where it is', async () => {
  const running = await startApi()
  const { api } = running
  await addPeople(running, ['ana', 'bo', 'cy', 'di', 'ed'])
  const seen: (readonly string[])[] = []
  let cursor: string | null = null
  const firsts: number[] = []
  const read = async (at: string | null) => {
    const page = await api.users.search({ source: 'local', role: 'user', limit: 2, cursor: at })
    seen.push(page.items.map((each) => each.userName))
    firsts.push(page.first)
    return page
  }
  let page = await read(cursor)
  expect(page).toMatchObject({ total: 5, all: 6, previous: null, reach: 'anywhere' })
  while (page.next !== null) page = await read((cursor = page.next))
  expect(seen).toEqual([['ana', 'bo'], ['cy', 'di'], ['ed']])
  expect(firsts).toEqual([1, 3, 5])
  page = await read(page.previous)
  page = await read(page.previous)
  expect(seen.slice(3)).toEqual([
    ['cy', 'di'],
    ['ana', 'bo'],
  ])
  expect(firsts.slice(3)).toEqual([3, 1])
  expect(page.previous).toBeNull()
  expect(await api.users.search({ cursor: 'nonsense' })).toMatchObject({ first: 1 })
  expect(await api.users.search({ cursor, sort: 'createdAt' })).toMatchObject({ first: 1, previous: null })
})

test('a page before the beginning is the whole first page', async () => {
  const running = await startApi()
  const { api } = running
  await addPeople(running, ['bo', 'cy', 'di'])
  const filter = { source: 'local', role: 'user', limit: 2 } as const
  const first = await api.users.search(filter)
  const second = await api.users.search({ ...filter, cursor: first.next })
  const [gone] = first.items
  await api.users.archive({ id: gone?.id ?? '' })
  const back = await api.users.search({ ...filter, cursor: second.previous })
  expect(back.items.map((each) => each.userName)).toEqual(['cy', 'di'])
  expect(back.previous).toBeNull()
})

test('people are found by name, address, externalId and id', async () => {
  const running = await startApi()
  const { api, scim } = running
  const id = await scim.create(
    '/Users',
    user({
      userName: 'jdoe',
      displayName: 'Jane Doe',
      externalId: 'e-77',
      emails: [{ value: 'jane@home.test', type: 'home' }],
    }),
  )
  for (const query of ['JDO', 'e doe', 'home.test', 'e-77', id, ` ${id} `])
    expect((await api.users.search({ query })).items.map((each) => each.id)).toEqual([id])
  expect((await api.users.search({ query: 'e-7' })).items).toEqual([])
  const tooLong = { query: 'j'.repeat(201) }
  const problem = { data: { issues: [{ message: 'A search has at most 200 characters.' }] } }
  await expect(api.users.search(tooLong)).rejects.toMatchObject(problem)
  await expect(api.groups.search(tooLong)).rejects.toMatchObject(problem)
})

test('people are found by who manages them and by what was changed by hand', async () => {
  const running = await startApi()
  const { api } = running
  await running.engine.tokens.createIntegration({ name: 'Okta', idp: 'okta', directory: 'main', slug: 'okta' })
  const id = await scimPerson(running)
  const ids = async (filter: Parameters<typeof api.users.search>[0]) =>
    (await api.users.search(filter)).items.map((each) => each.id)
  expect(await ids({ integration: 'entra' })).toEqual([id])
  expect(await ids({ integration: 'okta' })).toEqual([])
  expect(await ids({ hasDrifted: true })).toEqual([id])
  expect((await api.users.search({ hasDrifted: true })).items[0]?.drifted).toBe(1)
  expect(await api.users.takeBack({ id })).toEqual({ attributes: ['title'] })
  expect(await ids({ hasDrifted: true })).toEqual([])
  expect((await api.users.get({ id })).resource['title']).toBe('Engineer')
  await expect(api.users.search({ integration: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('everything that is wrong with a form is told at its field, and nothing is changed', async () => {
  const running = await startApi()
  const { api } = running
  await addPeople(running, ['ana'])
  const problem = await api.users
    .create({
      resource: {
        userName: 'ANA',
        active: 'maybe',
        emails: [{ value: 'a@x.test' }, { value: 'b@x.test', primary: 'yes' }],
        [enterpriseUserSchemaUrn]: { manager: 7 },
      },
    })
    .catch((error: unknown) => error)
  expect(problem).toMatchObject({
    code: 'REFUSED',
    data: {
      fields: [
        { path: 'active', problem: expect.stringContaining('true or false') },
        { path: 'emails[1].primary' },
        { path: 'userName', problem: expect.stringContaining('taken already') },
      ],
    },
  })
  expect((await api.users.search({ role: 'user' })).total).toBe(1)
  await expect(api.groups.create({ resource: { displayName: ' ' } })).rejects.toMatchObject({
    data: { fields: [{ path: 'displayName' }] },
  })
})

test('one thing is done to many, with a result for each', async () => {
  const running = await startApi()
  const { api } = running
  const [ana = '', bo = ''] = await addPeople(running, ['ana', 'bo'])
  const managed = await scimPerson(running, { userName: 'cy' })
  const admin = (await api.users.search({ role: 'administrator' })).items[0]?.id ?? ''
  await api.users.setStanding({ id: bo, active: false })
  const results = await everyItem(api, (subscription) =>
    api.users.bulk({ subscription, ids: [ana, bo, managed, admin, 'nobody'], action: { kind: 'deactivate' } }),
  )
  expect(results).toMatchObject([
    { name: 'ana', outcome: 'done', problem: null },
    { name: 'bo', outcome: 'unchanged' },
    { name: 'cy', outcome: 'refused', problem: expect.stringContaining('managed by SCIM') },
    { name: 'admin', outcome: 'refused', problem: expect.stringContaining('last active Administrator') },
    { name: 'nobody', outcome: 'refused' },
  ])
  expect((await api.users.search({ active: false })).items.map((each) => each.userName)).toEqual(['ana', 'bo'])
})

test('many are archived, restored, given a role, taken back and purged', async () => {
  const running = await startApi()
  const { api } = running
  const local = await addPeople(
    running,
    Array.from({ length: 45 }, (_, n) => `p${n}`),
  )
  const managed = await scimPerson(running)
  const ids = [...local, managed]
  const outcomes = async (action: Parameters<typeof api.users.bulk>[0]['action']) => {
    const results = await everyItem(api, (subscription) =>
      api.users.bulk({ subscription, ids: [...ids], action, overManaged: true }),
    )
    expect(results.map((each) => each.id)).toEqual(ids)
    return results.map((each) => each.outcome)
  }
  const all = (outcome: string) => ids.map(() => outcome)
  expect(await outcomes({ kind: 'purge' })).toEqual(all('refused'))
  expect(await outcomes({ kind: 'take-back' })).toEqual([...local.map(() => 'unchanged'), 'done'])
  expect(await outcomes({ kind: 'role', role: 'user-manager' })).toEqual(all('done'))
  expect(await outcomes({ kind: 'archive' })).toEqual(all('done'))
  expect(await outcomes({ kind: 'archive' })).toEqual(all('unchanged'))
  expect(await outcomes({ kind: 'restore' })).toEqual(all('done'))
  expect((await api.users.search({ role: 'user-manager' })).total).toBe(46)
  expect(await outcomes({ kind: 'archive' })).toEqual(all('done'))
  expect(await outcomes({ kind: 'purge' })).toEqual(all('done'))
  expect((await api.users.search({ archived: true })).total).toBe(0)
})

test('a bulk act that is resumed goes on where it was', async () => {
  const running = await startApi()
  const { api } = running
  const ids = await addPeople(
    running,
    Array.from({ length: 30 }, (_, n) => `p${n}`),
  )
  const action = { kind: 'archive' } as const
  const subscription = crypto.randomUUID()
  const first = await api.users.bulk({ subscription, ids: [...ids], action })
  const { value: batch } = await first.next()
  await first.return?.(undefined)
  expect(batch).toMatchObject({ position: 20 })
  expect((await api.users.search({ archived: true })).total).toBe(20)
  const rest = await everyItem(api, (next) => api.users.bulk({ subscription: next, after: 20, ids: [...ids], action }))
  expect(rest.map((each) => each.outcome)).toEqual(Array.from({ length: 10 }, () => 'done'))
})

test('a selection of all that are found says how many an IdP manages', async () => {
  const running = await startApi()
  const { api } = running
  const local = await addPeople(running, ['ana', 'bo'])
  const managed = await scimPerson(running, { userName: 'ann' })
  expect(await api.users.ids({ query: 'an' })).toEqual({
    items: [
      { id: local[0], isManaged: false },
      { id: managed, isManaged: true },
    ],
    isWhole: true,
  })
})

test('what is filtered is exported, safe from formulas, and can be imported again', async () => {
  const running = await startApi()
  const { api } = running
  await api.users.create({ resource: user({ userName: 'ana', displayName: '=HYPERLINK("x")', title: 'a,b' }) })
  await addPeople(running, ['bo'])
  const text = async (format: 'csv' | 'json', query: string) =>
    (await everyItem(api, (subscription) => api.users.export({ subscription, format, query }))).join('')
  const csv = (await text('csv', 'ana')).split('\r\n')
  expect(csv).toHaveLength(3)
  expect(csv[0]).toContain('userName,displayName')
  expect(csv[1]).toContain(`"'=HYPERLINK(""x"")"`)
  const json: unknown = JSON.parse(await text('json', 'ana'))
  expect(json).toMatchObject([{ userName: 'ana', title: 'a,b', source: 'local', role: 'user' }])
  expect(JSON.parse(await text('json', 'nobody at all'))).toEqual([])
})

test('a group is exported with its members, or with how many they are', async () => {
  const running = await startApi()
  const { api } = running
  const members = await addPeople(running, ['ana', 'bo'])
  const { id } = await api.groups.create({ resource: group('@Team') })
  await api.groups.changeMembers({ id, add: [...members] })
  const text = async (format: 'csv' | 'json') =>
    (await everyItem(api, (subscription) => api.groups.export({ subscription, format }))).join('')
  expect(JSON.parse(await text('json'))).toMatchObject([
    { displayName: '@Team', source: 'local', members: [{ value: members[0] }, { value: members[1] }] },
  ])
  expect(await text('csv')).toContain(`'@Team,2,local,${id}`)
})

test('members are paged, searched, and told apart when a person put them in', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ids: string[] = []
  for (const name of ['ana', 'bo', 'cy'])
    ids.push(await scim.create('/Users', user({ userName: name, displayName: name })))
  const [local = ''] = await addPeople(running, ['dora'])
  const id = await scim.create('/Groups', group('Team', ids))
  const inner = await scim.create('/Groups', group('Inner team'))
  await expect(api.groups.changeMembers({ id, add: [local] })).rejects.toMatchObject({ data: { reason: 'managed' } })
  await api.groups.changeMembers({ id, add: [local, inner], remove: [ids[2] ?? ''], overManaged: true })
  const first = await api.groups.members({ id, limit: 2 })
  expect(first.items.map((each) => each.name)).toEqual(['ana', 'bo'])
  expect((await api.groups.members({ id, limit: 2, after: first.next })).items).toMatchObject([
    { name: 'dora', userName: 'dora', isByHand: true, kind: 'User' },
    { name: 'Inner team', userName: null, isByHand: true, kind: 'Group' },
  ])
  expect((await api.groups.members({ id, query: 'TEAM' })).items.map((each) => each.id)).toEqual([inner])
  expect(await api.groups.whichAreMembers({ id, ids: [local, ids[2] ?? '', inner] })).toEqual({ ids: [local, inner] })
  expect((await api.groups.get({ id: inner })).memberOf).toEqual([{ id, displayName: 'Team' }])
  expect(await api.groups.get({ id })).toMatchObject({
    drifted: 3,
    memberDrift: [{ name: 'cy', what: 'removed' }, { name: 'dora', what: 'added' }, { what: 'added' }],
  })
  expect((await api.groups.search({ hasDrifted: true })).items.map((each) => each.displayName)).toEqual(['Team'])
  await api.groups.takeBack({ id, attributes: ['members'] })
  expect((await api.groups.members({ id })).items.map((each) => each.name)).toEqual(['ana', 'bo', 'cy'])
})

test('a group cannot come to contain itself', async () => {
  const { api } = await startApi()
  const { id: outer } = await api.groups.create({ resource: group('Outer') })
  const { id: inner } = await api.groups.create({ resource: group('Inner') })
  await api.groups.changeMembers({ id: outer, add: [inner] })
  await expect(api.groups.changeMembers({ id: inner, add: [outer] })).rejects.toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('would then contain itself'),
  })
})

test('a record is shown as each identity provider gets it', async () => {
  const running = await startApi()
  const { api, scim, engine } = running
  await engine.tokens.createIntegration({ name: 'Okta', idp: 'okta', directory: 'main', slug: 'okta' })
  await api.directories.create({ slug: 'other' })
  await engine.tokens.createIntegration({ name: 'Far', idp: 'okta', directory: 'other', slug: 'far' })
  const id = await scim.create('/Users', user({ externalId: 'entra-7' }))
  const wire = (await scim.get(`/Users/${id}`)).body
  expect((await api.users.seenBy({ id, integration: 'entra' })).resource).toEqual(wire)
  const okta = await api.users.seenBy({ id, integration: 'okta' })
  expect(okta.resource?.['externalId']).toBeUndefined()
  expect(await api.users.seenBy({ id, integration: 'far' })).toMatchObject({ isVisible: false, resource: null })
  const admin = (await api.users.search({ role: 'administrator' })).items[0]?.id ?? ''
  expect(await api.users.seenBy({ id: admin, integration: null })).toMatchObject({ isVisible: false })
  const team = await scim.create('/Groups', group('Team', [id]))
  expect((await api.groups.seenBy({ id: team, integration: 'entra' })).resource).toEqual(
    (await scim.get(`/Groups/${team}`)).body,
  )
  await api.integrations.setPolicy({ slug: 'okta', changes: { groups: false } })
  expect(await api.groups.seenBy({ id: team, integration: 'okta' })).toMatchObject({ isVisible: false })
})

test('the history is read part by part', async () => {
  const running = await startApi()
  const { api } = running
  const [id = ''] = await addPeople(running, ['ana'])
  for (let n = 0; n < 3; n += 1) {
    const { version, resource } = await api.users.get({ id })
    await api.users.edit({ id, version, resource: { ...resource, title: `Title ${n}` } })
  }
  const first = await api.users.history({ id, limit: 3 })
  expect(first.items.map((each) => each.action)).toEqual(['replace', 'replace', 'replace'])
  const rest = await api.users.history({ id, limit: 3, before: first.next })
  expect(rest).toMatchObject({ items: [{ action: 'create' }], next: null })
})

test('the schemas say what can be written, custom attributes last', async () => {
  const { api } = await startApi()
  await api.attributes.add({ name: 'badge', type: 'integer' })
  const list = await api.schemas.list({ resource: 'User' })
  expect(list.map((each) => each.kind)).toEqual(['core', 'standard-extension', 'custom'])
  const attribute = (name: string) => list.flatMap((each) => each.attributes).find((each) => each.name === name)
  expect(attribute('groups')?.isWritable).toBe(false)
  expect(attribute('password')?.isWritable).toBe(false)
  expect(attribute('emails')?.subAttributes.map((each) => each.name)).toEqual(['value', 'display', 'type', 'primary'])
  expect(attribute('badge')).toMatchObject({ type: 'integer', isWritable: true })
})

test('an attribute says where it goes in each portal, and how many have a value', async () => {
  const running = await startApi()
  const { api } = running
  const { urn, name, mappingName } = await api.attributes.add({ name: 'badge', type: 'string' })
  await api.attributes.add({ name: 'unused', type: 'string' })
  const { id } = await api.users.create({ resource: user({ [urn]: { badge: 'A' } }) })
  await api.users.create({ resource: user({ [urn]: { badge: 'B' } }) })
  await api.users.create({ resource: user() })
  await api.users.archive({ id })
  expect(await api.attributes.usage({})).toEqual({ [mappingName]: 2, [`${urn}:unused`]: 0 })
  const guides = await api.attributes.guides({ name, urn })
  expect(guides[0]).toMatchObject({ idp: 'entra', integrations: ['Entra'] })
  const fields = (idp: string) => guides.find((each) => each.idp === idp)?.steps.flatMap((each) => each.fields)
  expect(fields('entra')).toContainEqual({ label: 'Name', value: mappingName, kind: 'value' })
  expect(fields('okta')).toEqual([
    { label: 'External name', value: 'badge', kind: 'value' },
    { label: 'External namespace', value: urn, kind: 'value' },
  ])
})

test.each([
  [{ name: '1st', type: 'string' }, 'name'],
  [{ name: 'id', type: 'string' }, 'name'],
  [{ name: 'badge', type: 'string', urn: 'not a urn' }, 'urn'],
  [{ name: 'badge', type: 'string', urn: enterpriseUserSchemaUrn }, 'urn'],
  [{ name: 'Taken', type: 'string' }, 'name'],
] as const)('an attribute such as %o is refused at the field %s', async (draft, path) => {
  const { api } = await startApi()
  await api.attributes.add({ name: 'taken', type: 'string' })
  await expect(api.attributes.add(draft)).rejects.toMatchObject({ code: 'REFUSED', data: { fields: [{ path }] } })
})

test('a list is sorted by an attribute whatever characters its name has', async () => {
  const { api, scim } = await startApi()
  const { urn, name } = await api.attributes.add({ name: 'rank$$', type: 'string' })
  for (const rank of ['b', 'c', 'a'])
    await api.users.create({ resource: user({ userName: rank, [urn]: { [name]: rank } }) })
  const sorted = await scim.get(`/Users?sortBy=${encodeURIComponent(`${urn}:${name}`)}`)
  expect(sorted.texts('/userName')).toEqual(['a', 'b', 'c'])
})

test('an e-mail address that a person types must be one; what an identity provider wrote stays', async () => {
  const { api, scim } = await startApi()
  const emails = [{ value: 'ana@intranet' }, { value: 'not an address' }]
  const refused = {
    code: 'REFUSED',
    data: { fields: [{ path: 'emails[1].value', problem: expect.stringContaining('is no e-mail address') }] },
  }
  await expect(api.users.create({ resource: user({ userName: 'ana', emails }) })).rejects.toMatchObject(refused)
  expect((await api.users.search({ query: 'ana' })).items).toEqual([])

  const id = await scim.create('/Users', user({ emails }))
  const { resource, version } = await api.users.get({ id })
  const edit = { id, version, overManaged: true }
  const more = [...emails, { value: 'nor this' }]
  await expect(api.users.edit({ ...edit, resource: { ...resource, emails: more } })).rejects.toMatchObject({
    data: { fields: [{ path: 'emails[2].value' }] },
  })
  await api.users.edit({ ...edit, resource: { ...resource, title: 'Analyst' } })
  expect((await api.users.get({ id })).resource).toMatchObject({ title: 'Analyst', emails })
})

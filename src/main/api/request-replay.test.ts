import { expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { group, user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'
import { logged, patienceMs } from './requests.fixture.ts'

test('a dry run says what would happen, and nothing does', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user({ userName: 'ana@example.com', displayName: 'Ana Moss' }))
  await scim.patch(`/Users/${ana}`, [{ op: 'Replace', path: 'title', value: 'Engineer' }])
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Pilot' }])
  const [, patch] = await logged(running, 3)
  const tried = await api.requests.replay({ id: patch?.id ?? 0 })
  expect(tried).toMatchObject({ isDryRun: true, status: 200, requestId: null, onlyDryRun: null, explanation: null })
  expect(tried.trace[0]?.sentence).toContain(`request ${patch?.id} of the log again`)
  expect(tried.trace.map(({ sentence }) => sentence).join(' ')).not.toContain('token was accepted')
  expect(tried.trace.map(({ code }) => code)).toContain('op-case')
  expect(JSON.parse(tried.body?.text ?? '')).toMatchObject({ title: 'Engineer' })
  expect(tried.changes.items).toMatchObject([
    {
      kind: 'User',
      resourceId: ana,
      name: 'ana@example.com',
      directory: 'main',
      change: { action: 'patch', attributes: [{ name: 'title', before: 'Pilot', after: 'Engineer' }] },
    },
  ])
  expect((await scim.get(`/Users/${ana}`)).at('/title')).toBe('Pilot')
  expect((await api.users.history({ id: ana })).items).toHaveLength(3)
  expect((await api.requests.page({})).items.filter(({ method }) => method !== 'GET')).toHaveLength(3)
})

test('for real it does what the dry run said, under a number of its own', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user())
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Engineer' }])
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Pilot' }])
  const [, patch] = await logged(running, 3)
  const id = patch?.id ?? 0
  const { rehearsal } = await api.requests.replay({ id })
  const done = await api.requests.replay({ id, rehearsal })
  expect(done).toMatchObject({ isDryRun: false, status: 200 })
  expect(done.changes.items[0]?.change.attributes).toEqual([{ name: 'title', before: 'Pilot', after: 'Engineer' }])
  expect((await scim.get(`/Users/${ana}`)).at('/title')).toBe('Engineer')
  const shown = await eventually(
    () => api.requests.get({ id: done.requestId ?? '' }).catch(() => undefined),
    (detail) => detail !== undefined,
    patienceMs,
  )
  expect(shown).toMatchObject({ remoteAddress: 'console', classification: 'update user', integration: running.slug })
  expect(shown?.content?.requestHeaders).toContainEqual({ name: 'x-rollcall-replay-of', value: String(id) })
  expect(shown?.content?.trace[0]?.code).toBe('replayed')
  expect((await api.requests.changes({ id: shown?.id ?? 0 })).items).toHaveLength(1)
  // It was no doing of the identity provider.
  const status = running.engine.provisioning.statusOf(running.slug, 1)
  expect(status?.running?.activity.counts.operations).toBe(3)
})

test('it is not sent for real when something else would happen by now', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user())
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Engineer' }])
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Pilot' }])
  const [, patch] = await logged(running, 3)
  const id = patch?.id ?? 0
  const { rehearsal } = await api.requests.replay({ id })
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Baker' }])
  await expect(api.requests.replay({ id, rehearsal })).rejects.toMatchObject({
    code: 'REFUSED',
    data: { reason: 'changed' },
  })
  expect((await scim.get(`/Users/${ana}`)).at('/title')).toBe('Baker')
})

test('what would be created, deleted or joined leaves nothing behind either, and may be sent for real', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user({ userName: 'ana@example.com' }))
  const team = await scim.create('/Groups', group('Team', [ana]))
  await scim.delete(`/Groups/${team}`)
  await scim.delete(`/Users/${ana}`)
  const [, , createGroup, createUser] = await logged(running, 4)
  const total = async () => (await api.users.search({})).total ?? 0
  const before = await total()
  const tried = await api.requests.replay({ id: createUser?.id ?? 0 })
  expect(tried).toMatchObject({ status: 201, changes: { items: [{ name: 'ana@example.com', directory: null }] } })
  expect(await total()).toBe(before)
  const made = await api.requests.replay({ id: createUser?.id ?? 0, rehearsal: tried.rehearsal })
  expect(made.status).toBe(201)
  expect(await total()).toBe(before + 1)
  // The one that the group held has been archived: the answer says so, as it would to the IdP.
  const regrouped = await api.requests.replay({ id: createGroup?.id ?? 0 })
  expect(regrouped.trace.map(({ code }) => code)).toContain('member-archived')
  expect((await api.groups.search({})).total).toBe(0)
})

test('one dry run is sent for real once, however often and from however many tabs that is asked for', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user())
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Engineer' }])
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Pilot' }])
  const [, patch] = await logged(running, 3)
  const id = patch?.id ?? 0
  const [{ rehearsal }, otherTab] = [await api.requests.replay({ id }), await api.requests.replay({ id })]
  const sent = await Promise.all([1, 2, 3].map(() => api.requests.replay({ id, rehearsal })))
  expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(1)
  expect(await api.requests.replay({ id, rehearsal })).toEqual(sent[0])
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Pilot' }])
  for (const stale of [otherTab.rehearsal, 'nonsense'])
    await expect(api.requests.replay({ id, rehearsal: stale })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { reason: 'changed' },
    })
  expect((await scim.get(`/Users/${ana}`)).at('/title')).toBe('Pilot')
  const again = await api.requests.replay({ id })
  expect((await api.requests.replay({ id, rehearsal: again.rehearsal })).requestId).not.toBe(sent[0]?.requestId)
})

test('a dry run that could not be sent has to be made anew', async () => {
  const running = await startApi()
  const { api, scim } = running
  await scim.create('/Users', user())
  const [create] = await logged(running, 1)
  const id = create?.id ?? 0
  const { rehearsal } = await api.requests.replay({ id })
  await api.system.stopEndpoint()
  await expect(api.requests.replay({ id, rehearsal })).rejects.toThrow('endpoint is stopped')
  await api.system.startEndpoint()
  await expect(api.requests.replay({ id, rehearsal })).rejects.toThrow('Look at a new dry run first')
  const again = await api.requests.replay({ id })
  expect(await api.requests.replay({ id, rehearsal: again.rehearsal })).toMatchObject({ isDryRun: false })
})

test('a lookup is answered as it would be now', async () => {
  const running = await startApi()
  const { api, scim } = running
  await scim.find('/Users', 'userName eq "bo@example.com"')
  await scim.create('/Users', user({ userName: 'bo@example.com' }))
  const items = await logged(running, 2)
  const tried = await api.requests.replay({ id: items.at(-1)?.id ?? 0 })
  expect(JSON.parse(tried.body?.text ?? '')).toMatchObject({ totalResults: 1 })
  expect(tried.changes.items).toEqual([])
})

test('what would be refused says why', async () => {
  const running = await startApi()
  const { api, scim } = running
  await scim.create('/Users', user({ userName: 'bo@example.com' }))
  const [create] = await logged(running, 1)
  const tried = await api.requests.replay({ id: create?.id ?? 0 })
  expect(tried).toMatchObject({ status: 409, changes: { items: [], total: 0 }, explanation: { id: 'conflict' } })
})

test('a password that the log does not have changes nothing; any other value that it does not have keeps it a dry run', async () => {
  const running = await startApi()
  const { api, scim } = running
  await api.settings.set({ name: 'journal-redact', value: 'title' })
  // The journal's thread has been told by the time that a request is answered after this.
  await eventually(
    async () => {
      await scim.get('/ServiceProviderConfig')
      await scim.post('/Users', user({ userName: `x${Math.random()}@example.com`, title: 'Engineer' }))
      const { items } = await api.requests.page({ filter: [{ field: 'is', value: 'redacted', isExcluded: false }] })
      return items
    },
    (items) => items.length > 0,
    patienceMs,
  )
  await api.settings.set({ name: 'journal-redact', value: '' })
  const [hidden] = (await api.requests.page({ filter: [{ field: 'is', value: 'redacted', isExcluded: false }] })).items
  const id = hidden?.id ?? 0
  const tried = await api.requests.replay({ id })
  expect(tried.onlyDryRun).toContain('[redacted] would be stored')
  await expect(api.requests.replay({ id, rehearsal: tried.rehearsal })).rejects.toMatchObject({ code: 'REFUSED' })

  const zoe = await scim.post('/Users', user({ userName: 'zoe@example.com', password: 'correct horse' }))
  expect(zoe.status).toBe(201)
  await scim.delete(`/Users/${zoe.textAt('/id')}`)
  const made = await eventually(
    () => api.requests.page({ filter: [{ field: 'user', value: 'zoe', isExcluded: false }] }),
    ({ items }) => items.length === 2,
    patienceMs,
  )
  const replayed = await api.requests.replay({ id: made.items[1]?.id ?? 0 })
  expect(replayed).toMatchObject({ status: 201, onlyDryRun: null })
})

test('what was not let in, and what nobody serves, is refused in a sentence', async () => {
  const running = await startApi()
  const { api, scim, as } = running
  await as('rc_wrong').get('/Users')
  const [stranger] = await logged(running, 1)
  await expect(api.requests.replay({ id: stranger?.id ?? 0 })).rejects.toThrow('was not let in')
  await expect(api.requests.replay({ id: 999 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await scim.get('/Users')
  const [known] = await logged(running, 2)
  await api.system.stopEndpoint()
  await expect(api.requests.replay({ id: known?.id ?? 0 })).rejects.toThrow('endpoint is stopped')
})

test('it is tried without the key for what stands in front of the endpoint, which the log does not keep', async () => {
  const running = await startApi()
  const { api, scim } = running
  await scim.create('/Users', user())
  await scim.get('/Users?subscription-key=hunter2&startIndex=1&count=5')
  const [list] = await logged(running, 2)
  expect(list?.target).toMatch(/\/Users\?subscription-key=\[redacted\]&startIndex=1&count=5$/)
  expect(await api.requests.replay({ id: list?.id ?? 0 })).toMatchObject({ status: 200 })
})

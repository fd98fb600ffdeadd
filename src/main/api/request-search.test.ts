import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { group, user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'
import { logged, terms } from './requests.fixture.ts'

test('finds by duration, number, kind, person and group together', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user({ userName: 'ana@example.com' }))
  const sales = await scim.create('/Groups', group('Sales', [ana]))
  await scim.get(`/Groups/${sales}`)
  await scim.get('/Users/nobody')
  const items = await logged(running, 4)
  const found = async (text: string) => {
    const page = await api.requests.page({ filter: terms(text) })
    return page.items.map((each) => each.id).toReversed()
  }
  const slowest = Math.max(...items.map(({ durationMicros }) => durationMicros))
  expect(await found('ms:>=0')).toEqual([1, 2, 3, 4])
  expect(await found(`ms:>${Math.ceil(slowest / 1000)}`)).toEqual([])
  expect(await found(`ms:0..${Math.ceil(slowest / 1000)}`)).toEqual([1, 2, 3, 4])
  expect(await found(`-ms:<${Math.ceil(slowest / 1000) + 1}`)).toEqual([])
  expect(await found('id:2..3')).toEqual([2, 3])
  expect(await found('-id:2..3')).toEqual([1, 4])
  expect(await found('is:failed')).toEqual([4])
  expect(await found('group:sales')).toEqual([2, 3])
  expect(await found('user:ana group:sales')).toEqual([])
  expect(await found('user:ana user:nobody')).toEqual([1, 4])
  expect(await api.requests.count({ filter: terms('nobody') })).toEqual({ count: null, isExact: false, total: 4 })
})

test('sorts what matches, page by page, and leaves out what came since', async () => {
  const running = await startApi()
  const { api, scim } = running
  await scim.create('/Users', user())
  await scim.get('/Users')
  await scim.get('/Schemas')
  await scim.get('/Users/nobody')
  const all = await logged(running, 4)
  const sorted = async (filter: string, order: 'time' | 'took' | 'size' | 'status' | 'what', descending: boolean) => {
    const page = await api.requests.sorted({ filter: terms(filter), order, descending, upTo: 4, limit: 3 })
    return page.items
  }
  const sizes = (await sorted('', 'size', true)).map((each) => each.responseBytes)
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one))
  expect((await sorted('', 'status', true))[0]?.status).toBe(404)
  // Of those within one millisecond the newest comes first, as in the log.
  const reads = all.filter((each) => each.method === 'GET').toSorted((one, other) => one.at - other.at)
  expect((await sorted('method:GET', 'time', false)).map((each) => each.id)).toEqual(reads.map((each) => each.id))
  expect((await sorted('"read schemas"', 'what', true)).map((each) => each.classification)).toEqual(['read schemas'])
  await scim.get('/Groups')
  await logged(running, 5)
  const rest = await api.requests.sorted({ filter: [], order: 'time', descending: true, upTo: 4, limit: 3, offset: 3 })
  expect(rest).toMatchObject({ total: 4, isAll: true, items: [{ id: 1 }] })
})

test('a filter is kept under its name, and one that cannot be read is not', async () => {
  const { api } = await startApi()
  expect(await api.requests.filters()).toEqual([])
  await api.requests.saveFilter({ name: 'Slow', filter: 'ms:>500' })
  await api.requests.saveFilter({ name: 'Failures', filter: 'is:failed' })
  expect(await api.requests.saveFilter({ name: 'slow', filter: 'ms:>900' })).toEqual([
    { name: 'Failures', filter: 'is:failed' },
    { name: 'slow', filter: 'ms:>900' },
  ])
  await expect(api.requests.saveFilter({ name: 'Bad', filter: 'status:9xx' })).rejects.toThrow('404 or 4xx')
  await expect(api.requests.saveFilter({ name: ' ', filter: 'is:failed' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  expect(await api.requests.removeFilter({ name: 'Failures' })).toEqual([{ name: 'slow', filter: 'ms:>900' }])
})

test('finds a person whose name has other letters than those of ASCII, in any letter case', async () => {
  const running = await startApi()
  const { api, scim } = running
  // Nobody of that name gets into the directory: the log alone knows it.
  await scim.get(`/Users?filter=${encodeURIComponent('userName eq "Élodie@example.com"')}`)
  await scim.post('/Users', { ...user({ userName: 'Élodie@example.com' }), active: 'perhaps' })
  await scim.get('/Users/nobody')
  await logged(running, 3)
  const found = async (text: string) => {
    const page = await api.requests.page({ filter: terms(text) })
    return page.items.map((each) => each.id).toReversed()
  }
  expect(await found('user:Élodie')).toEqual([1, 2])
  expect(await found('user:élodie')).toEqual([1, 2])
  expect(await found('-user:ÉLODIE@example.com')).toEqual([3])
})

test('what is followed about a person is found from the first request on that knows them, and in the list as well', async () => {
  const running = await startApi()
  const { api, scim } = running
  const stream = await api.requests.follow({ filter: terms('user:moss'), subscription: randomUUID(), after: 0 })
  await scim.create('/Users', user())
  const ana = await scim.create('/Users', user({ userName: 'a1@example.com', displayName: 'Ana Moss' }))
  await scim.get(`/Users/${ana}`)
  await logged(running, 3)
  const ids: number[] = []
  for await (const batch of stream) {
    ids.push(...batch.items.map(({ id }) => id))
    if (ids.length >= 2) break
  }
  expect(ids).toEqual([2, 3])
  const { items } = await api.requests.page({ filter: terms('user:moss') })
  expect(items.map(({ id }) => id)).toEqual([3, 2])
  // Somebody of that name who comes later is found as well.
  await scim.create('/Users', user({ userName: 'b2@example.com', displayName: 'Bo Moss' }))
  await logged(running, 4)
  expect((await api.requests.count({ filter: terms('user:moss') })).count).toBe(3)
})

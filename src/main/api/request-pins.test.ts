import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { openJournalForWriting } from '../store/journal/journal-file.ts'
import { pinLimits } from '../store/journal/pins.ts'
import { createJournalRetention } from '../store/journal/retention.ts'
import { startApi } from './api.fixture.ts'
import { logged, terms } from './requests.fixture.ts'

/** Deletes what the log has, as its retention does. */
function deleteAll(dataDir: string): void {
  const connection = openJournalForWriting(join(dataDir, 'journal.db'))
  const limits = { keepSince: Date.now() + 1000, now: Date.now(), maxBytes: 2 ** 40 }
  const retention = createJournalRetention(connection)
  while (retention.deleteStep(limits));
  connection.close()
}

test('a pinned request outlives the retention with all that it holds, until it is unpinned', async () => {
  const running = await startApi()
  const { api, scim, dataDir } = running
  await scim.create('/Users', user({ userName: 'ana@example.com' }))
  await scim.get('/Schemas')
  const [other, create] = await logged(running, 2)
  const id = create?.id ?? 0
  expect(await api.requests.pin({ id })).toEqual({ isPinned: true })
  await api.requests.pin({ id })
  expect((await api.requests.page({})).items.map(({ isPinned }) => isPinned)).toEqual([false, true])
  const before = await api.requests.get({ id })
  expect(before).toMatchObject({ isPinned: true, isOnlyPinned: false })
  expect((await api.requests.page({ filter: terms('-is:pinned') })).items.map((each) => each.id)).toEqual([other?.id])

  deleteAll(dataDir)
  expect((await api.requests.page({})).items).toEqual([])
  expect(await api.requests.get({ id })).toEqual({ ...before, isOnlyPinned: true })
  expect(await api.requests.get({ id: before.requestId })).toEqual({ ...before, isOnlyPinned: true })
  const filters = ['is:pinned', 'is:pinned method:POST since:1h', 'is:pinned "ana@example.com"', 'is:pinned id:1..9']
  for (const filter of filters) {
    const page = await api.requests.page({ filter: terms(filter) })
    expect(page.items.map((each) => each.id)).toEqual([id])
    expect(page.next).toBeNull()
  }
  expect(await api.requests.count({ filter: terms('is:pinned') })).toEqual({ count: 1, isExact: true, total: 0 })
  const sorted = await api.requests.sorted({ filter: terms('is:pinned'), order: 'took', descending: true, upTo: 99 })
  expect(sorted).toMatchObject({ total: 1, isAll: true, items: [{ id }] })
  expect((await api.requests.body({ id, side: 'request' })).text).toContain('ana@example.com')

  expect(await api.requests.unpin({ id })).toEqual({ isPinned: false })
  await expect(api.requests.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(api.requests.pin({ id })).rejects.toMatchObject({ code: 'REFUSED' })
})

test('pins are bounded, and the log goes on being written beside them', async () => {
  const running = await startApi()
  const { api, scim, dataDir } = running
  await scim.get('/Users')
  const [first] = await logged(running, 1)
  await api.requests.pin({ id: first?.id ?? 0 })
  const connection = openJournalForWriting(join(dataDir, 'journal.db'))
  const copy = connection.prepare(
    `insert into pinned select id + :n, at, duration_micros, status, method, target, endpoint, resource_id, integration_id,
       integration_slug, classification, matched, idp, certainty, request_id, remote_address, request_bytes, response_bytes, flags, lost,
       pinned_at, content, subject from pinned where id = :id`,
  )
  for (let n = 1; n < pinLimits.count; n += 1) copy.run({ n: 1000 + n, id: first?.id ?? 0 })
  connection.close()
  await scim.get('/Groups')
  const [second] = await logged(running, 2)
  await expect(api.requests.pin({ id: second?.id ?? 0 })).rejects.toThrow('is:pinned')
  await api.requests.unpin({ id: first?.id ?? 0 })
  expect(await api.requests.pin({ id: second?.id ?? 0 })).toEqual({ isPinned: true })
  await scim.get('/Users')
  await eventually(
    () => api.requests.page({ filter: terms('-is:pinned') }),
    ({ items }) => items.length === 2,
    15_000,
  )
})

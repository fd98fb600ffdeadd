import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'

const canary = 'Quetzalcoatl-Featherstonehaugh'

async function recorded(api: Awaited<ReturnType<typeof startApi>>['api'], count: number) {
  await expect.poll(async () => (await api.requests.count({ filter: [] })).count, { timeout: 10_000 }).toBe(count)
}

test('requests that are older are deleted for good, those of now stay, and people stay', async () => {
  const { api, scim, dataDir } = await startApi()
  for (let n = 0; n < 3; n += 1) await scim.post('/Users', user({ userName: `old${n}@example.com`, title: canary }))
  await recorded(api, 3)
  const between = Date.now() + 1
  await expect.poll(() => Date.now()).toBeGreaterThan(between)
  await scim.get('/Groups')
  await recorded(api, 4)
  expect(await api.storage.countRequests({ before: between })).toEqual({ count: 3 })
  expect(await api.storage.deleteRequests({ before: between })).toEqual({ requests: 3 })
  expect((await api.requests.page({ filter: [] })).items.map((each) => each.target)).toEqual([
    expect.stringContaining('/Groups'),
  ])
  expect((await api.storage.usage()).requests.count).toBe(1)
  expect((await api.users.search({ query: 'old' })).total).toBe(3)
  for (const file of ['journal.db', 'journal.db-wal'])
    expect(readFileSync(join(dataDir, file)).includes('old0@example.com')).toBe(false)
  // The log goes on.
  await scim.get('/Users')
  await recorded(api, 2)
  expect(await api.storage.deleteRequests({ before: 0 })).toEqual({ requests: 0 })
})

test('what lies on the disk is told, with how long it may grow', async () => {
  const { api, scim, later } = await startApi()
  expect(await api.storage.usage()).toMatchObject({ requests: { count: 0, oldestAt: null }, journalPerDay: null })
  await scim.get('/Users')
  await recorded(api, 1)
  await api.backups.create()
  await api.settings.set({ name: 'journal-days', value: '7' })
  later(86_400_000)
  const usage = await api.storage.usage()
  expect(usage).toMatchObject({ keepDays: 7, maxBytes: 2 * 1024 ** 3, requests: { count: 1 } })
  for (const bytes of [usage.database, usage.journal, usage.backups, usage.free]) expect(bytes).toBeGreaterThan(10_000)
  expect(usage.journalPerDay).toBeLessThanOrEqual(usage.journal)
})

test('what a list of attributes hides is seen on a request that has one of them', async () => {
  const { api, scim } = await startApi()
  const madeUp = await api.storage.previewRedaction({ paths: ['name.familyName'] })
  expect(madeUp).toMatchObject({ looked: 0, affected: 0, example: { isMadeUp: true } })
  expect(JSON.parse(madeUp.example.after)).toMatchObject({
    name: { familyName: '[redacted]', givenName: 'Ana' },
    password: '[redacted]',
  })
  await scim.post('/Users', user({ userName: 'ana@example.com', name: { familyName: canary, givenName: 'Ana' } }))
  await scim.get('/Groups')
  await recorded(api, 2)
  const preview = await api.storage.previewRedaction({ paths: ['name.familyName'] })
  expect(preview).toMatchObject({ looked: 2, affected: 1, example: { isMadeUp: false } })
  expect(preview.example.before).toContain(canary)
  expect(preview.example.after).not.toContain(canary)
  expect(await api.storage.previewRedaction({ paths: [] })).toMatchObject({ affected: 0 })
  await expect(api.storage.previewRedaction({ paths: ['not a path'] })).rejects.toThrow('is no attribute path')
})

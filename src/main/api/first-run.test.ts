import { expect, test } from 'vitest'
import { user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'

test('the first steps are told one after the other', async () => {
  const { api, engine, slug, scim, parts } = await startApi()
  expect(await api.firstRun.get()).toMatchObject({
    isListening: true,
    publicUrl: null,
    reach: null,
    integration: { slug, idpName: 'Entra ID', hasToken: true, firstRequestAt: null, needsPublicUrl: true },
    firstPerson: null,
    sample: { users: 0, groups: 0 },
    hasPassword: false,
    hasBackupSchedule: false,
  })
  await api.endpoint.configure({ publicUrl: 'http://127.0.0.1:1' })
  expect(await api.firstRun.get()).toMatchObject({ publicUrl: 'http://127.0.0.1:1', isLoopback: true })
  await api.endpoint.configure({ publicUrl: 'https://scim.nowhere.invalid' })
  await api.endpoint.testReach()
  await scim.get('/Users?filter=userName+eq+%22x%22')
  await expect.poll(async () => (await api.firstRun.get()).integration?.firstRequestAt).not.toBeNull()
  await api.directories.addSample({})
  await scim.post('/Users', user({ userName: 'first@example.com' }))
  await scim.post('/Users', user({ userName: 'second@example.com' }))
  await parts.password.set('correct horse battery')
  await api.backups.setSchedule({ every: 'week', at: '02:30', weekday: 0, keep: 3, folder: null })
  expect(await api.firstRun.get()).toMatchObject({
    publicUrl: 'https://scim.nowhere.invalid',
    isLoopback: false,
    reach: { isReached: false },
    firstPerson: { userName: 'first@example.com' },
    sample: { users: 30, groups: 5 },
    hasPassword: true,
    hasBackupSchedule: true,
  })
  await engine.tokens.revoke(slug)
  expect(await api.firstRun.get()).toMatchObject({ integration: { hasToken: false } })
})

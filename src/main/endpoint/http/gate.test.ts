import { expect, test } from 'vitest'
import { createClient } from '../../../../test/client.ts'
import { eventually } from '../../../../test/eventually.ts'
import { user } from '../../../../test/people.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'

const hasStatus = (status: number) => (answer: { readonly status: number }) => answer.status === status
const ask = ({ scim }: RunningEngine) => scim.get('/Users?count=1')

/** Lets the integration act as a local user of its own. */
async function actAsManager({ engine, slug }: RunningEngine): Promise<void> {
  const resource = { userName: 'manager', active: true }
  await engine.administer('import-users', {
    directory: 'main',
    users: [{ line: 1, resource, role: 'user-manager' }],
  })
  await engine.administer('set-administrator', { slug, userName: 'manager' })
}

test('an administrator who is demoted or deactivated stops the integration, which says why and goes on afterwards', async () => {
  const running = await startEngine()
  await actAsManager(running)
  await eventually(() => ask(running), hasStatus(200), 1000)
  const set = (change: { readonly role?: 'user' | 'user-manager'; readonly active?: boolean }) =>
    running.engine.administer('set-user-standing', {
      directory: 'main',
      userName: 'manager',
      role: change.role,
      active: change.active,
    })

  await set({ role: 'user' })
  const demoted = await eventually(() => ask(running), hasStatus(403), 1000)
  expect(demoted.textAt('/detail')).toMatch(/"manager".*no longer an Administrator or User Manager/)
  expect((await running.scim.post('/Users', user())).status).toBe(403)
  await set({ role: 'user-manager' })
  await eventually(() => ask(running), hasStatus(200), 1000)

  await set({ active: false })
  const deactivated = await eventually(() => ask(running), hasStatus(403), 1000)
  expect(deactivated.textAt('/detail')).toMatch(/"manager".*deactivated/)
  await set({ active: true })
  await eventually(() => ask(running), hasStatus(200), 1000)
})

test('a disabled integration answers 403 with the reason, a paused one 503 with the time to wait', async () => {
  const running = await startEngine()
  const turn = (state: 'enabled' | 'disabled' | 'paused' | 'resumed') =>
    running.engine.administer('set-integration-state', { slug: running.slug, state })
  await turn('disabled')
  expect((await eventually(() => ask(running), hasStatus(403), 1000)).textAt('/detail')).toContain('disabled')
  await turn('enabled')
  await turn('paused')
  const paused = await eventually(() => ask(running), hasStatus(503), 1000)
  expect(paused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  await turn('resumed')
  await eventually(() => ask(running), hasStatus(200), 1000)
})

test('past its rate an integration gets 429 with whole seconds to wait, and another one does not', async () => {
  const running = await startEngine()
  const { engine, slug } = running
  const other = await engine.tokens.createIntegration({ name: 'Okta', idp: 'okta', directory: 'main', slug: undefined })
  const okta = createClient(`${running.endpoint.url}/${other.slug}/v2`, other.token.reveal())
  const limit = (value: string) =>
    engine.administer('set-policy', { slug, changes: [{ name: 'requestsPerSecond', value }] })
  await limit('1')
  const refused = await eventually(() => ask(running), hasStatus(429))
  expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(refused.textAt('/detail')).toContain('More than 1 request a second has come')
  expect((await okta.get('/Users')).status).toBe(200)
  await limit('0')
  await eventually(() => ask(running), hasStatus(200))
})

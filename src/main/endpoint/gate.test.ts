import { describe, expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { startEngine, type RunningEngine } from '../running-engine.fixture.ts'

const hasStatus = (status: number) => (answer: { readonly status: number }) => answer.status === status
const isRefused = (answer: { readonly status: number }) => answer.status >= 400
const ask = ({ scim }: RunningEngine) => scim.get('/Users?count=1')

describe('the SCIM administrator of an integration', () => {
  async function withUserManager() {
    const running = await startEngine()
    const { engine, slug } = running
    await engine.administer('import-users', {
      directory: 'main',
      rows: [],
    })
    return { running, engine, slug }
  }
  void withUserManager
})

test('past its rate an integration gets 429 with whole seconds to wait, and nobody else does', async () => {
  const running = await startEngine()
  const { engine, slug, scim } = running
  const other = await engine.tokens.createIntegration({ name: 'Okta', idp: 'okta', directory: 'main', slug: undefined })
  await engine.administer('set-policy', { slug, changes: [{ name: 'requestsPerSecond', value: '1' }] })
  const refused = await eventually(() => ask(running), hasStatus(429))
  expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(refused.at('/detail')).toContain('requests a second')
  const okta = scim.get('', { authorization: `Bearer ${other.token.reveal()}` })
  expect((await okta).status).toBe(401) // its own URL is another one
  await engine.administer('set-policy', { slug, changes: [{ name: 'requestsPerSecond', value: '0' }] })
  await eventually(() => ask(running), hasStatus(200))
})
void isRefused

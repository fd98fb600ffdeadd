import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'

const hasStatus =
  (...statuses: readonly number[]) =>
  (answer: { readonly status: number }) =>
    statuses.includes(answer.status)

const ask = ({ as }: RunningEngine, token: string) => as(token).get('/Users?count=1')

test('wrong tokens are slowed down, and a valid one from the same address is not', async () => {
  const { as, scim } = await startEngine()
  const statuses: number[] = []
  for (let n = 0; n < 12; n += 1) statuses.push((await as(`rc_wrong${n}`).get('/Users')).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
  const slowed = await as('rc_wrong').get('/Users')
  expect(slowed.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect((await scim.get('/Users')).status).toBe(200)
})

test('keeps the old token working until the new one is first used', async () => {
  const running = await startEngine()
  const next = await running.rotate(3_600_000)
  expect((await ask(running, running.token)).status).toBe(200)
  expect((await ask(running, next)).status).toBe(200)
  await eventually(() => ask(running, running.token), hasStatus(401, 429), 1000)
  expect((await ask(running, next)).status).toBe(200)
})

test('the first use of a token that is being replaced itself ends those before it, and nothing else', async () => {
  const running = await startEngine()
  const second = await running.rotate(3_600_000)
  const third = await running.rotate(3_600_000)
  expect((await ask(running, second)).status).toBe(200)
  await eventually(() => ask(running, running.token), hasStatus(401, 429))
  expect((await ask(running, second)).status).toBe(200)
  expect((await ask(running, third)).status).toBe(200)
})

test('keeps the old token working no longer than the overlap', async () => {
  const running = await startEngine()
  const next = await running.rotate(300)
  expect((await ask(running, running.token)).status).toBe(200)
  await eventually(() => ask(running, running.token), hasStatus(401, 429))
  expect((await ask(running, next)).status).toBe(200)
})

test('a token that is voided in the process of the server is refused from the moment that is said', async () => {
  const running = await startEngine()
  expect((await ask(running, running.token)).status).toBe(200)
  await running.engine.administer('void-tokens', { slug: running.slug })
  expect((await ask(running, running.token)).status).toBe(401)
})

test('an expired token is told that it has expired', async () => {
  const running = await startEngine()
  const token = await running.rotate(0, running.engine.clock() + 3_600_000)
  expect((await ask(running, token)).status).toBe(200)
  running.later(3_600_000)
  const refused = await ask(running, token)
  expect(refused.status).toBe(401)
  expect(refused.textAt('/detail')).toContain('expired')
  expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer .*invalid_token/)
})

test('a vault that breaks while the server runs stops no known token, is told once, and is used again when it is mended', async () => {
  const running = await startEngine()
  const { dataDir, engine, slug, troubles } = running
  const file = join(dataDir, 'vault/vault.json')
  renameSync(file, `${file}.aside`)
  writeFileSync(file, 'rubbish', { mode: 0o600 })
  // A token from another process, whose hash this one has to look up.
  await engine.administer('issue-token', { slug, prefix: 'rc_unknown1', overlapMs: 3_600_000, expiresAt: null })
  await eventually(
    () => Promise.resolve(troubles.length),
    (told) => told > 0,
  )
  for (const value of ['60', '70'])
    await engine.administer('set-policy', { slug, changes: [{ name: 'requestsPerSecond', value }] })
  expect((await ask(running, running.token)).status).toBe(200)
  renameSync(`${file}.aside`, file)
  const next = await running.rotate(0)
  expect((await ask(running, next)).status).toBe(200)
  expect(troubles).toEqual([expect.stringMatching(/^[^\n]*vault[^\n]*$/)])
})

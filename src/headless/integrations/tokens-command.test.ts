import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commandLineWithIntegration } from '../command.fixture.ts'

test('rotate issues a new token and voids the old one', async () => {
  const line = await commandLineWithIntegration()
  expect(await line.json('tokens', 'rotate', 'entra-id')).toEqual({
    slug: 'entra-id',
    prefix: expect.stringMatching(/^rc_/),
    token: expect.stringMatching(/^rc_[\w-]{43}$/),
    overlapUntil: null,
    expiresAt: null,
  })
  expect(await line.json('tokens', 'list', 'entra-id')).toMatchObject([{ state: 'active' }, { state: 'void' }])
})

test('with an overlap and an expiry, both are told', async () => {
  const line = await commandLineWithIntegration()
  const rotated = await line.json('tokens', 'rotate', 'entra-id', '--overlap', '24h', '--expires', '90d')
  expect(rotated).toMatchObject({
    overlapUntil: expect.stringMatching(/^\d{4}-.*Z$/),
    expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  expect(await line.json('tokens', 'list', 'entra-id')).toMatchObject([{ state: 'active' }, { state: 'retiring' }])
})

test('a second rotation does not end the token that is in use', async () => {
  const line = await commandLineWithIntegration()
  await line.json('tokens', 'rotate', 'entra-id', '--overlap', '1h')
  await line.json('tokens', 'rotate', 'entra-id', '--overlap', '2h')
  expect(await line.json('tokens', 'list', 'entra-id')).toMatchObject([
    { state: 'active' },
    { state: 'retiring' },
    { state: 'retiring' },
  ])
  await line.json('tokens', 'rotate', 'entra-id')
  expect(await line.json('tokens', 'list', 'entra-id')).toMatchObject([
    { state: 'active' },
    { state: 'void' },
    { state: 'void' },
    { state: 'void' },
  ])
})

test('an overlap outlives neither a token that has expired nor one that expires within it', async () => {
  const line = await commandLineWithIntegration()
  await line.json('tokens', 'rotate', 'entra-id', '--expires', '2m')
  const { overlapUntil } = z
    .object({ overlapUntil: z.string() })
    .parse(await line.json('tokens', 'rotate', 'entra-id', '--overlap', '24h'))
  expect(Date.parse(overlapUntil) - Date.now()).toBeLessThanOrEqual(120_000)
  const database = new Database(`${line.dataDir}/rollcall.db`)
  database.exec("update tokens set expires_at = 1 where state = 'active'")
  database.close()
  expect(await line.json('tokens', 'rotate', 'entra-id', '--overlap', '24h')).toMatchObject({ overlapUntil: null })
})

test.each(['3', '3x', '0h', '-1h', '99999d'])('the overlap %s is wrong usage, and the token stays', async (overlap) => {
  const line = await commandLineWithIntegration()
  expect((await line.run('tokens', 'rotate', 'entra-id', `--overlap=${overlap}`)).exitCode).toBe(2)
  expect(await line.direct('tokens', 'list', 'entra-id')).toMatchObject([{ state: 'active' }])
})

test('revoke asks first, and where nobody can be asked nothing is changed', async () => {
  const line = await commandLineWithIntegration()
  const refused = await line.run('tokens', 'revoke', 'entra-id')
  expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('--yes') })
  expect(await line.direct('tokens', 'list', 'entra-id')).toMatchObject([{ state: 'active' }])
  expect(await line.json('tokens', 'revoke', 'entra-id', '--yes')).toEqual({ slug: 'entra-id', revoked: 1 })
  expect(await line.json('tokens', 'list', 'entra-id')).toMatchObject([{ state: 'void' }])
})

test('neither the list nor an unknown integration tells a token', async () => {
  const line = await commandLineWithIntegration()
  const { stdout } = await line.run('tokens', 'list', 'entra-id')
  expect(stdout).not.toContain(line.created.token)
  expect(await line.run('tokens', 'rotate', 'nobody')).toMatchObject({ exitCode: 1, stdout: '' })
})

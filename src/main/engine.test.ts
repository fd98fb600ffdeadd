import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../test/eventually.ts'
import { startEngine } from './running-engine.fixture.ts'

test('a configuration that cannot be read is told once, and the last one stays in force until it can be', async () => {
  const { dataDir, engine, scim, slug, troubles } = await startEngine()
  const database = new Database(join(dataDir, 'rollcall.db'))
  const { policy } = { policy: String(database.prepare('SELECT policy FROM integrations').pluck().get()) }
  database.prepare("UPDATE integrations SET policy = '{'").run()
  await eventually(
    () => Promise.resolve(troubles.length),
    (told) => told > 0,
  )
  expect((await scim.get('/Users')).status).toBe(200)
  database.prepare('UPDATE integrations SET policy = ?').run(policy)
  database.close()
  await engine.administer('set-integration-state', { slug, state: 'paused' })
  await eventually(
    () => scim.get('/Users'),
    (answer) => answer.status === 503,
  )
  expect(troubles).toEqual([expect.stringMatching(/^The configuration cannot be read[^\n]*$/)])
})

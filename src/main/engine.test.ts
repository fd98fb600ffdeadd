import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../test/eventually.ts'
import { createDataDir } from './directory/test-directory.fixture.ts'
import { openEngine } from './engine.ts'
import { startEngine, threads } from './running-engine.fixture.ts'
import { assertAlone } from './store/file/assert-alone.ts'
import { openWriterConnection } from './store/file/database-files.ts'

test('a configuration that cannot be read is told once, and the last one stays in force until it can be', async () => {
  const { dataDir, engine, scim, slug, troubles } = await startEngine()
  const database = new Database(join(dataDir, 'rollcall.db'))
  const policy = String(database.prepare('SELECT policy FROM integrations').pluck().get())
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

test('an address that cannot be noted is told, and served all the same', async () => {
  const { dataDir, engine, scim, troubles } = await startEngine()
  const database = new Database(join(dataDir, 'rollcall.db'))
  database.exec(
    "CREATE TRIGGER unwritable BEFORE INSERT ON settings WHEN NEW.name = 'served_url' BEGIN SELECT RAISE(ABORT, 'no room'); END",
  )
  database.close()
  await engine.endpoint.restart()
  expect(engine.endpoint.state()).toMatchObject({ state: 'listening', problem: undefined })
  expect((await scim.get('/Users')).status).toBe(200)
  expect(troubles).toEqual([expect.stringContaining('could not be noted')])
})

test('the address of a second server is named once the data directory is its own', async () => {
  const first = await startEngine()
  const { promise: whenMarked, resolve: take } = Promise.withResolvers<void>()
  const second = await startEngine({ dataDir: first.dataDir, whenMarked })
  expect(second.engine.scimUrl('entra')).toBe(`${first.endpoint.url}/entra/v2`)
  take()
  await eventually(
    () => Promise.resolve(first.engine.scimUrl('entra')),
    (url) => url === `${second.endpoint.url}/entra/v2`,
  )
})

test('an engine that cannot be opened leaves the database to whoever tries it again', async () => {
  const dataDir = createDataDir()
  onTestFinished(() => dataDir.remove())
  const connection = openWriterConnection(dataDir.path)
  connection.exec("CREATE TRIGGER full BEFORE INSERT ON directories BEGIN SELECT RAISE(ABORT, 'no room'); END")
  connection.close()
  await expect(startEngine({ dataDir: dataDir.path })).rejects.toThrow('no room')
  expect(() => assertAlone(join(dataDir.path, 'rollcall.db'))).not.toThrow()
})

test('nor does a thread of it stay where the machine has none left for another', async () => {
  const dataDir = createDataDir()
  onTestFinished(() => dataDir.remove())
  const options = { dataDir: dataDir.path, vault: 'file', actor: 'test', mode: 'server' } as const
  // For this address no thread can even be begun: the attempt throws.
  const checkpoints = new URL('http://no.thread.example')
  await expect(openEngine({ ...options, threads: { ...threads, checkpoints } })).rejects.toThrow('scheme file')
  expect(() => assertAlone(join(dataDir.path, 'rollcall.db'))).not.toThrow()
})

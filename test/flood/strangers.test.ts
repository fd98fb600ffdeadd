import { randomBytes } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openJournalReader } from '../../src/main/journal/search/journal-reader.ts'
import { atOnce } from '../../src/main/steps.ts'
import { runJsonCommand } from '../command-line.ts'
import { eventually } from '../eventually.ts'
import { user } from '../people.ts'
import { prepareDataDirectory, startServer } from '../server.ts'

const limit = 16 * 1024 * 1024
/** Nearly as much as a header may hold, of what cannot be compressed. */
const guess = () => randomBytes(11_000).toString('base64')
const waves = 30
const guessesInAWave = 100

const known = { integration: 'entra' }

test('whoever has no token cannot push the requests of an integration out of the log', async () => {
  const on = await prepareDataDirectory()
  await runJsonCommand(on.dataDir, ['settings', 'set', 'journal-size', '16M'])
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const log = openJournalReader(join(on.dataDir, 'journal.db'))
  onTestFinished(() => {
    agent.destroy()
    log.close()
    rmSync(on.dataDir, { recursive: true })
  })
  const server = await startServer({ on })
  function guessToken(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const headers = { authorization: 'Bearer rc_wrong', 'x-guess': guess() }
    get(`${server.scim.base}/Users`, { agent, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', reject)
    return promise
  }

  let created = 0
  async function create(): Promise<void> {
    created += 1
    expect((await server.scim.post('/Users', user({ displayName: `Number ${created}` }))).status).toBe(201)
  }
  for (let n = 0; n < 50; n += 1) await create()
  for (let wave = 0; wave < waves; wave += 1) {
    const statuses = await Promise.all([create(), ...Array.from({ length: guessesInAWave }, guessToken)])
    for (const status of statuses.slice(1)) expect([401, 429]).toContain(status)
  }
  const sent = created + waves * guessesInAWave
  const dropped = await eventually(
    async () => (log.newestId() < sent ? 0 : (log.extent()?.droppedOfStrangers ?? 0)),
    (count) => count > 300,
    20_000,
  )
  await server.stop()
  const again = await startServer({ on })
  expect((await again.scim.get('/Users?count=1')).status).toBe(200)
  await again.stop()

  expect(log.newestId()).toBe(sent + 1)
  expect(log.extent()?.droppedOfStrangers).toBeGreaterThanOrEqual(dropped)
  expect(atOnce(log.count(known))).toMatchObject({ count: created + 1, isExact: true })
  const bodies = [...log.details(known)].map(({ content }) => content?.requestBody ?? '')
  for (let n = 1; n <= created; n += 1) expect(bodies[n - 1]).toContain(`"Number ${n}"`)
  // The newest refusals are there, for whoever has to find out why a token is refused.
  const { entries } = log.page({ limit: 20, where: { terms: [{ field: 'is', value: 'failed', isExcluded: false }] } })
  expect(entries).toHaveLength(20)
  expect(entries.at(-1)?.id).toBeGreaterThan(sent - guessesInAWave)
  expect(statSync(join(on.dataDir, 'journal.db')).size).toBeLessThan(1.5 * limit)
  const doctor = JSON.stringify(await runJsonCommand(on.dataDir, ['doctor']))
  expect(doctor).toContain('from senders without a valid token were deleted early')
})

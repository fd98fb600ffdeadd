import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { enterpriseUserSchemaUrn } from '../../src/scim/urn.ts'
import { runJsonCommand } from '../command-line.ts'
import { eventually } from '../eventually.ts'
import { createRandom } from '../seeded-random.ts'
import { prepareDataDirectory, startServer, type Server } from '../server.ts'

const employeeNumber = `${enterpriseUserSchemaUrn}:employeeNumber`
const people = 6000
const Indexes = z.array(z.object({ attribute: z.string(), state: z.string(), percent: z.number() }))

async function percentOf(server: Pick<Server, 'rollcall'>): Promise<number> {
  const [index] = Indexes.parse(await server.rollcall('indexes', 'list'))
  return index?.percent ?? 0
}

test('an index that is being made while the server is killed again and again is whole in the end', async () => {
  const prepared = await prepareDataDirectory()
  const { dataDir } = prepared
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const file = join(dataDir, 'users.csv')
  const rows = Array.from({ length: people }, (_, n) => `u${n},E${n}`)
  writeFileSync(file, `userName,${employeeNumber}\n${rows.join('\n')}`)
  await runJsonCommand(dataDir, ['users', 'import', file, '--yes'])
  // A server makes it of what an integration matches by.
  await runJsonCommand(dataDir, [
    'integrations',
    'policy',
    prepared.integration.slug,
    '--set',
    `matchingAttribute=${employeeNumber}`,
  ])
  const random = createRandom()
  const moved: number[] = []
  const changed = new Map<number, string>()
  for (let kill = 0; kill < 4; kill += 1) {
    const server = await startServer({ on: prepared })
    const before = await percentOf(server)
    const n = random.below(people)
    const [id = ''] = (await server.scim.find('/Users', `userName eq "u${n}"`)).texts('/id')
    const patched = await server.scim.patch(`/Users/${id}`, [
      { op: 'replace', path: employeeNumber, value: `changed ${kill}` },
    ])
    expect(patched.status).toBe(200)
    changed.set(n, `changed ${kill}`)
    await eventually(
      () => percentOf(server),
      (percent) => percent > before || percent === 100,
      20_000,
    )
    await server.kill()
    moved.push(before)
  }
  const server = await startServer({ on: prepared })
  await eventually(
    () => percentOf(server),
    (percent) => percent === 100,
    60_000,
  )
  for (let n = 0; n < people; n += 97) {
    const value = changed.get(n) ?? `E${n}`
    const found = await server.scim.find('/Users', `${employeeNumber} eq "${value.toLowerCase()}"`)
    expect(found.texts('/userName')).toEqual([`u${n}`])
  }
  for (const [n, value] of changed) {
    const found = await server.scim.find('/Users', `${employeeNumber} eq "${value}"`)
    expect(found.texts('/userName')).toEqual(changed.get(n) === value ? [`u${n}`] : [])
    expect((await server.scim.find('/Users', `${employeeNumber} eq "E${n}"`)).texts('/userName')).toEqual([])
  }
  await server.stop()
}, 180_000)

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { isJsonObject, type JsonObject } from '../../src/scim/json/json.ts'
import type { Client } from '../client.ts'
import { forEachAtOnce } from '../at-once.ts'
import { group } from '../people.ts'
import { createRandom } from '../seeded-random.ts'
import { prepareDataDirectory, startServer } from '../server.ts'
import { createLedger, isWhole, wholeUser } from './ledger.ts'

const kills = 50
const connections = 16

const random = createRandom()
const prepared = await prepareDataDirectory()
afterAll(() => rmSync(prepared.dataDir, { recursive: true, force: true }))

const ledger = createLedger()
let names = 0

/** Writes until the server is gone; returns the answers that were no success. */
async function writeUntilKilled(scim: Client, team: string, touched: Set<string>): Promise<readonly string[]> {
  const refused: string[] = []
  const own: string[] = []
  const note = (status: number, text: string) => {
    if (status >= 300) refused.push(`${status} ${text}`)
    return status < 300
  }
  const create = async () => {
    const userName = `crash${(names += 1)}@crash.test`
    const answer = await scim.post('/Users', wholeUser(userName, 'new'))
    if (!note(answer.status, answer.text)) return
    const id = answer.textAt('/id')
    ledger.created(id, userName, 'new')
    touched.add(id)
    own.push(id)
  }
  const retitle = async (id: string) => {
    const title = `title ${random.below(1_000_000)}`
    ledger.retitling(id, title)
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: title }])
    if (note(answer.status, answer.text)) ledger.retitled(id, title)
  }
  const enter = async (id: string) => {
    ledger.joining(id)
    const answer = await scim.patch(`/Groups/${team}`, [{ op: 'add', path: 'members', value: [{ value: id }] }])
    if (note(answer.status, answer.text)) ledger.joined(id)
  }
  try {
    for (;;) {
      const dice = random.below(10)
      if (own.length === 0 || dice < 4) await create()
      else if (dice < 8) await retitle(random.pick(own))
      else await enter(random.pick(own))
    }
  } catch {
    return refused // the connection broke: the server was killed
  }
}

/** What SQLite says about both files, as they lie on the disk. */
function integrity(): readonly unknown[] {
  return ['rollcall.db', 'journal.db'].map((name) => {
    const file = new Database(join(prepared.dataDir, name))
    try {
      return file.pragma('integrity_check', { simple: true })
    } finally {
      file.close()
    }
  })
}

async function contradictions(scim: Client, ids: Iterable<string>): Promise<readonly string[]> {
  const found: string[] = []
  await forEachAtOnce([...ids], async (id) => {
    const text = ledger.contradiction(id, (await scim.get(`/Users/${id}`)).body)
    if (text !== undefined) found.push(text)
  })
  return found
}

async function allUsers(scim: Client): Promise<readonly JsonObject[]> {
  const users: JsonObject[] = []
  for (let startIndex = 1; ; startIndex += 200) {
    const page = await scim.get(`/Users?startIndex=${startIndex}&count=200`)
    const resources = [page.at('/Resources') ?? []].flat().filter(isJsonObject)
    if (resources.length === 0) return users
    users.push(...resources)
  }
}

test(
  `every acknowledged write outlives ${kills} kills, and nothing is half-made (SEED=${random.seed})`,
  { timeout: 240_000 },
  async () => {
    let server = await startServer({ on: prepared })
    const team = await server.scim.create('/Groups', group('Survivors'))

    for (let kill = 1; kill <= kills; kill++) {
      const touched = new Set<string>()
      const { scim } = server
      const writers = Array.from({ length: connections }, () => writeUntilKilled(scim, team, touched))
      await pause(20 + random.below(200)) // the random moment is what is tested
      await server.kill()
      const refused = (await Promise.all(writers)).flat()
      const files = kill % 10 === 0 ? integrity() : ['ok', 'ok']

      server = await startServer({ on: prepared })
      const found = await contradictions(server.scim, touched)
      expect({ kill, files, refused, found }).toEqual({ kill, files: ['ok', 'ok'], refused: [], found: [] })
    }

    expect(ledger.size).toBeGreaterThan(kills)
    expect(await contradictions(server.scim, ledger.ids())).toEqual([])
    expect((await allUsers(server.scim)).filter((each) => !isWhole(each))).toEqual([])
    const members = (await server.scim.get(`/Groups/${team}`)).at('/members')
    const present = new Set(
      Array.isArray(members) ? members.map((each) => (isJsonObject(each) ? each['value'] : '')) : [],
    )
    expect(ledger.members.filter((id) => !present.has(id))).toEqual([])

    await server.stop()
    expect(integrity()).toEqual(['ok', 'ok'])
  },
)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { seedPeople } from '../../src/main/conversion/people.fixture.ts'
import type { Client } from '../client.ts'
import { program, runJsonCommand } from '../command-line.ts'
import { eventually } from '../eventually.ts'
import { createRandom } from '../seeded-random.ts'
import { prepareDataDirectory, startServer } from '../server.ts'

const kills = 20
const people = 9000
const circles = 60
const chains = 40

/** Makes every commit slower, so that the job lasts longer than its killers. */
const slow = { ROLLCALL_BENCH_COMMIT_DELAY_MS: '12' }

const random = createRandom()
const prepared = await prepareDataDirectory()
const undisturbed = `${prepared.dataDir}-undisturbed`
afterAll(() => {
  for (const folder of [prepared.dataDir, undisturbed]) rmSync(folder, { recursive: true, force: true })
})

/** Users who take over each other's userNames: pairs that swap, circles of three, and chains. */
function handOvers(): ReadonlyMap<string, string> {
  const list = new Map<string, string>()
  const name = (group: string, n: number) => `${group}${n}@corp.example`
  for (let n = 0; n < circles; n += 1) {
    const group = `circle${n}-`
    const size = 2 + (n % 2)
    for (let each = 0; each < size; each += 1) list.set(name(group, each), name(group, (each + 1) % size))
  }
  for (let n = 0; n < chains; n += 1)
    for (let each = 0; each < 3; each += 1) list.set(name(`chain${n}-`, each), name(`chain${n}-`, each + 1))
  return list
}

const Row = z.record(z.string(), z.unknown())
const Job = z.object({ state: z.string(), done: z.number(), total: z.number(), counts: z.string() })

function ask(dataDir: string, sql: string): readonly z.infer<typeof Row>[] {
  const file = new Database(join(dataDir, 'rollcall.db'))
  try {
    return z.array(Row).parse(file.prepare(sql).all())
  } finally {
    file.close()
  }
}

const names = (dataDir: string) =>
  ask(
    dataDir,
    "select id, user_name, user_name_key, doc ->> '$.userName' as inside, archived_at from users order by seq",
  )

/** Everything that a conversion leaves behind and that two runs of it must have in common. */
const resultOf = (dataDir: string) => ({
  names: names(dataDir),
  aliases: ask(
    dataDir,
    'select user_seq, user_name, user_name_key, person_seq, renamed_to from user_aliases order by 1',
  ),
  remarks: ask(dataDir, 'select user_seq, user_name, target, outcome, reason from job_remarks order by 1'),
  job: ask(dataDir, 'select state, done, total, counts, position from jobs where id = 1'),
  renames: ask(
    dataDir,
    "select resource_id, count(*) as n from changes where action = 'rename' group by resource_id order by 1",
  ),
})

/** What must hold of the file at any moment, also right after a kill; in words where it does not. */
function contradictions(dataDir: string): readonly string[] {
  const [job] = z.array(Job).parse(ask(dataDir, 'select state, done, total, counts from jobs where id = 1'))
  const counts = z.record(z.string(), z.number()).parse(JSON.parse(job?.counts ?? '{}'))
  const count = (sql: string) => Number(ask(dataDir, `select count(*) as n from ${sql}`)[0]?.['n'])
  const found = {
    'half-renamed users': count("users where user_name <> doc ->> '$.userName' or user_name_key like char(0) || '%'"),
    'users with one userName':
      count('users where archived_at is null') -
      count('(select distinct user_name_key from users where archived_at is null)'),
    'aliases without a count': count('user_aliases') - (counts['converted'] ?? 0),
    'renames without an alias': count("changes where action = 'rename'") - count('user_aliases'),
    'circles half-way': count(`(
      select substr(user_name, 1, instr(user_name, '-')) as circle, count(*) as members,
        (select count(*) from user_aliases a where substr(a.user_name, 1, instr(a.user_name, '-')) = substr(u.user_name, 1, instr(u.user_name, '-'))) as renamed
      from users u where user_name like 'circle%' group by 1 having renamed not in (0, members))`),
  }
  return Object.entries(found).flatMap(([what, n]) => (n === 0 ? [] : [`${what}: ${n}`]))
}

/** A client that changes users meanwhile, until the server is gone; what it changes has no part in any address. */
async function retitle(scim: Client, ids: readonly string[]): Promise<void> {
  try {
    for (;;) await scim.patch(`/Users/${random.pick(ids)}`, [{ op: 'replace', path: 'title', value: 'Pilot' }])
  } catch {
    // The connection broke: the server was killed.
  }
}

function progressOf(dataDir: string): { readonly done: number; readonly total: number } {
  return Job.parse(ask(dataDir, 'select state, done, total, counts from jobs where id = 1')[0])
}

const stateOf = (dataDir: string) => String(ask(dataDir, 'select state from jobs where id = 1')[0]?.['state'])

test(
  `a conversion that is killed ${kills} times ends as an undisturbed one, and its undo brings everything back (SEED=${random.seed})`,
  { timeout: 240_000 },
  async () => {
    const { dataDir } = prepared
    const list = handOvers()
    const file = join(dataDir, 'list.csv')
    writeFileSync(file, [...list].map((pair) => pair.join(',')).join('\n'))
    const users = join(dataDir, 'users.csv')
    writeFileSync(users, ['userName', ...list.keys()].join('\n'))
    await runJsonCommand(dataDir, ['users', 'import', users, '--yes'])
    const ids = seedPeople(dataDir, people, random.seed)
    const before = names(dataDir)
    cpSync(dataDir, undisturbed, { recursive: true })
    const convert = ['user-ids', 'convert', '--csv', file, '--include-scim', '--yes']
    await runJsonCommand(undisturbed, convert)
    const expected = resultOf(undisturbed)

    let server = await startServer({ on: prepared, env: slow })
    const command = spawn(process.execPath, [program, ...convert, '--data-dir', dataDir])
    await eventually(
      async () => stateOf(dataDir),
      (state) => state === 'running',
      20_000,
    )
    command.kill('SIGKILL') // or it would go on in the place of the server
    await once(command, 'exit')

    for (let kill = 1; kill <= kills; kill++) {
      const writer = retitle(server.scim, ids)
      // At a random point of what is left, so that the job outlasts its killers, and at a random moment around it.
      const { done, total } = progressOf(dataDir)
      const goal = done + random.below(Math.floor((total - done) / (kills - kill + 3)))
      await eventually(
        async () => progressOf(dataDir).done,
        (reached) => reached >= goal,
        20_000,
      )
      await pause(random.below(20)) // the random moment is what is tested
      await server.kill()
      await writer
      expect({ kill, found: contradictions(dataDir), state: stateOf(dataDir) }).toEqual({
        kill,
        found: [],
        state: 'running',
      })
      server = await startServer({ on: prepared, env: kill === kills ? {} : slow })
    }
    await eventually(
      async () => stateOf(dataDir),
      (state) => state === 'done',
      60_000,
    )
    expect(resultOf(dataDir)).toEqual(expected)

    const { total } = Job.parse(ask(dataDir, 'select state, done, total, counts from jobs where id = 1')[0])
    expect(await server.rollcall('user-ids', 'undo', '1', '--yes')).toEqual({ job: 2, restored: total, left: 0 })
    expect(names(dataDir)).toEqual(before)
    await server.stop()
    expect(ask(dataDir, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  },
)

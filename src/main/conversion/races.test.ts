import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { forEachAtOnce } from '../../../test/at-once.ts'
import { createRandom } from '../../../test/seeded-random.ts'
import { startEngine } from '../running-engine.fixture.ts'
import { parseConversionOptions } from './targets/conversion-options.ts'

const people = 1500

const random = createRandom()

it(`requests that create, rename and delete users during a conversion get what they were promised (SEED=${random.seed})`, async () => {
  const { engine, dataDir, scim } = await startEngine()
  const users = Array.from({ length: people }, (_, n) => ({
    line: n + 2,
    resource: { userName: `user${n}`, emails: [{ type: 'work', value: `user${n}@example.com` }] },
    role: undefined,
  }))
  await engine.administer('import-users', { directory: 'main', users })
  const directoryId = engine.reads.directories.bySlug('main')?.id ?? 0
  const idOf = (n: number) => engine.reads.users.byUserNameKey(directoryId, `user${n}`)?.id ?? ''
  const ids = users.map((_, n) => idOf(n))
  const options = parseConversionOptions({ includeScim: true })
  const plan = await engine.conversions.preview({ directoryId, options })
  const job = await engine.conversions.start(plan.id)

  /** What a user must be called in the end, by id; those not in it are called one of their two names. */
  const promised = new Map<string, string>()
  const unexpected: string[] = []
  const note = (status: number, ...wanted: readonly number[]) => {
    if (!wanted.includes(status)) unexpected.push(`${status} and not ${wanted.join(' or ')}`)
  }
  const numbers = Array.from({ length: 400 }, () => random.below(people))
  await forEachAtOnce([...new Set(numbers)], async (n) => {
    const id = ids[n] ?? ''
    const dice = random.below(3)
    if (dice === 0) {
      const answer = await scim.post('/Users', { userName: `USER${n}@example.com` })
      note(answer.status, 201, 409)
      if (answer.status === 201) {
        promised.set(answer.textAt('/id'), `USER${n}@example.com`)
        promised.set(id, `user${n}`)
      } else promised.set(id, `user${n}@example.com`)
    } else if (dice === 1) {
      const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: `new${n}` }])
      note(answer.status, 200)
      promised.set(id, `new${n}`)
    } else note((await scim.delete(`/Users/${id}`)).status, 204)
  })

  expect(unexpected).toEqual([])
  const done = await eventually(
    async () => engine.jobs.get(job),
    (each) => each?.state === 'done',
    30_000,
  )
  const { converted = 0, skipped = 0, failed = 0 } = done?.counts ?? {}
  expect(converted + skipped + failed).toBe(people + 1)
  const file = new Database(join(dataDir, 'rollcall.db'), { readonly: true })
  const rows = file
    .prepare<[], { id: string; user_name: string; inside: string; key: string; archived_at: number | null }>(
      "select id, user_name, user_name_key as key, doc ->> '$.userName' as inside, archived_at from users where hidden = 0",
    )
    .all()
  file.close()
  const present = rows.filter((row) => row.archived_at === null)
  expect(new Set(present.map((row) => row.key)).size).toBe(present.length)
  expect(rows.filter((row) => row.user_name !== row.inside)).toEqual([])
  const names = new Map(rows.map((row) => [row.id, row.user_name]))
  expect([...promised].filter(([id, name]) => names.get(id) !== name)).toEqual([])
  const others = ids.flatMap((id, n) => (promised.has(id) ? [] : [[names.get(id), n] as const]))
  expect(others.filter(([name, n]) => name !== `user${n}` && name !== `user${n}@example.com`)).toEqual([])
})

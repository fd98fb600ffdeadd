import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold } from '../../scim/text/fold.ts'
import type { JsonObject } from '../../scim/json/json.ts'
import { type Convertible, openConvertible } from './conversion.fixture.ts'

/** Few names, many of them the same by case, width or composition, so that users get into each other's way. */
const locals = [
  'a',
  'A',
  '\uff41',
  'b',
  'B',
  'c',
  'd',
  'i',
  '\u0131',
  '\u0130',
  'ss',
  '\u00df',
  'e\u0301',
  '\u00e9',
  'x y',
  "o'n",
]
const domains = ['one.example', 'ONE.example', 'two.example']

const local = fc.constantFrom(...locals)
const address = fc.tuple(local, fc.constantFrom(...domains)).map(([name, domain]) => `${name}@${domain}`)
/** UserNames that change hands. */
const pool = Array.from({ length: 9 }, (_, number) => `pool${number}@one.example`)
const userName = fc.oneof(
  local,
  address,
  fc.constantFrom(...pool),
  fc.constantFrom(...pool),
  local.map((name) => `${name}.n`),
  fc.constantFrom('CORP\\d', 'c@corp.local'),
)

const person = fc.record({
  userName,
  email: fc.option(fc.oneof(address, fc.constantFrom('', 'none', 'c@corp.local')), { nil: undefined }),
  isPrimary: fc.boolean(),
  givenName: fc.option(local, { nil: undefined }),
  kind: fc.constantFrom('local', 'local', 'local', 'scim', 'archived', 'administrator'),
})

type Person = (typeof person extends fc.Arbitrary<infer Value> ? Value : never) & object

const options = fc.record(
  {
    direction: fc.constantFrom('to-address', 'to-address', 'to-short-name'),
    domain: fc.constantFrom('one.example', 'three.example'),
    pattern: fc.constantFrom('{userName}', '{name.givenName}', '{name.givenName:1}{userName}'),
    domainMap: fc.constantFrom({}, { 'corp.local': 'one.example' }, { 'two.example': 'one.example' }),
    includeScim: fc.boolean(),
  },
  { requiredKeys: ['direction', 'includeScim'] },
)

/** Who gets whose userName: in chains, in circles, and sometimes two the same. */
const handOver = fc
  .oneof(
    fc.tuple(
      fc.shuffledSubarray(pool, { minLength: 4 }),
      fc.shuffledSubarray([...pool, 'POOL1@one.example', 'free@one.example']),
    ),
    fc.tuple(fc.constant(pool), fc.shuffledSubarray(pool, { minLength: pool.length })),
  )
  .map(([from, to]) => from.slice(0, to.length).map((name, index) => [name, to[index] ?? name] as const))
const list = fc.option(
  fc
    .tuple(handOver, fc.array(fc.tuple(userName, address), { maxLength: 4 }))
    .map(([some, others]) => [...some, ...others]),
  { nil: undefined, freq: 6 },
)

function resourceOf({ userName: name, email, isPrimary, givenName }: Person): JsonObject {
  return {
    userName: name,
    ...(email === undefined || email === '' ? {} : { emails: [{ type: 'work', value: email, primary: isPrimary }] }),
    ...(givenName === undefined ? {} : { name: { givenName } }),
  }
}

async function fill(directory: Convertible, people: readonly Person[]): Promise<void> {
  for (const each of people) {
    if (directory.store.users.byUserNameKey(directory.directoryId, fold(each.userName))) continue
    if (each.kind === 'scim' || each.kind === 'archived') {
      const id = directory.addUser(each.userName, resourceOf(each))
      if (each.kind === 'archived') directory.request('DELETE', `/Users/${id}`)
    } else
      await directory.addLocal(
        each.userName,
        resourceOf(each),
        each.kind === 'administrator' ? 'administrator' : undefined,
      )
  }
}

/** The list as the options want it: each old user ID once. */
function listed(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const byKey = new Map(entries.map(([from, to]) => [fold(from), [from, to] as const]))
  return Object.fromEntries(byKey.values())
}

/** What must never be, whatever happened. */
function contradictions(directory: Convertible): readonly unknown[] {
  return directory.connection
    .prepare(
      `select user_name from users where archived_at is null group by directory_id, user_name_key having count(*) > 1
       union all select user_name from users where fold(user_name) <> user_name_key or user_name <> doc ->> '$.userName'`,
    )
    .all()
}

it('any directory, with any options, ends without a duplicate, and an undo brings back every userName', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 6, maxLength: 40, size: 'max' }),
      fc.nat({ max: pool.length }),
      options,
      list,
      async (people, poolSize, chosen, entries) => {
        const directory = openConvertible()
        try {
          for (const name of pool.slice(0, poolSize)) await directory.addLocal(name)
          await fill(directory, people)
          const before = directory.userNames()
          const plan = await directory.preview(
            chosen.pattern !== undefined && chosen.domain === undefined && chosen.direction === 'to-address'
              ? { ...chosen, domain: 'one.example' }
              : chosen,
            entries && listed(entries),
          )
          const { converts, merges } = plan.counts
          const job = await directory.carryOut(plan)
          expect(contradictions(directory)).toEqual([])
          expect(job).toMatchObject({ state: 'done', done: converts + merges, total: converts + merges })
          expect(job.counts).toMatchObject({ converted: converts, failed: 0 })
          const after = directory.userNames()
          const planned = directory.conversions.users(plan.id, { outcome: 'converts' }, 0, 1000)
          expect(after).toEqual({ ...before, ...Object.fromEntries(planned.map(({ id, target }) => [id, target])) })
          const undone = await directory.undo(job.id)
          expect(undone.counts).toEqual({ restored: converts, left: 0 })
          expect(contradictions(directory)).toEqual([])
          expect(directory.userNames()).toEqual(before)
        } finally {
          await directory.close()
        }
      },
    ),
    { numRuns: 80 },
  )
}, 120_000)

import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { listening } from '../listening-connection.fixture.ts'
import type { Connection } from '../file/open-database.ts'
import { indexPlan, preparePlanBuild } from './build-plan.ts'
import { preparePlanFixes } from './fix-plan.ts'
import { createPlanFile, finishPlanFile, openPlanFile, planIds } from './plan-file.ts'
import { preparePlanMeta } from './plan-meta.ts'
import { longestCycle, settlePlan } from './settle-plan.ts'

let dataDir: ReturnType<typeof createDataDir>
let connection: Connection

beforeEach(() => {
  dataDir = createDataDir()
  connection = createPlanFile(dataDir.path, 'plan')
})

afterEach(() => {
  connection.close()
  dataDir.remove()
})

/** User n has the name `n` and wants the name that `wish` gives. */
function fill(count: number, wish: (n: number) => number): void {
  const build = preparePlanBuild(connection)
  build.together(() => {
    for (let n = 1; n <= count; n += 1) {
      const target = String(wish(n))
      build.addRow({
        seq: n,
        id: `id-${n}`,
        version: 1,
        user_name: String(n),
        user_name_key: String(n),
        is_scim: 0,
        is_hidden: 0,
        basis: 'rename',
        reason: null,
        origin: null,
        derived: target,
        target,
        target_key: target,
        outcome: 'converts',
      })
    }
  })
  indexPlan(connection)
  settlePlan(connection)
}

const counts = () => preparePlanMeta(connection).count()
const turns = () =>
  connection.prepare<[], { seq: number; cycle: number | null }>('select seq, cycle from turns order by place').all()

it('a long chain goes from its end on', () => {
  fill(5000, (n) => n + 1)
  expect(counts()).toMatchObject({ converts: 5000, conflict: 0 })
  expect(turns().map(({ seq }) => seq)).toEqual(Array.from({ length: 5000 }, (_, index) => 5000 - index))
})

it('a circle that one transaction can hold goes as a whole', () => {
  fill(longestCycle, (n) => (n % longestCycle) + 1)
  expect(counts()).toMatchObject({ converts: longestCycle })
  expect(new Set(turns().map(({ cycle }) => cycle)).size).toBe(1)
})

it('a longer circle is a conflict of all in it, until one of them decides otherwise', () => {
  const count = longestCycle + 1
  fill(count, (n) => (n % count) + 1)
  expect(counts()).toMatchObject({ converts: 0, conflict: count })
  const fixes = preparePlanFixes(connection)
  const first = fixes.bySeq(1)
  if (!first) throw new Error('the first user is gone')
  expect(first.conflict).toBe('long-cycle')
  expect(
    fixes.apply(first, { fix: 'address', target: 'elsewhere', target_key: 'elsewhere', rival: null }),
  ).toBeUndefined()
  settlePlan(connection)
  expect(counts()).toMatchObject({ converts: count, conflict: 0 })
})

it('whoever waits for somebody who stays is blocked, however far away that one is', () => {
  fill(1000, (n) => (n === 1000 ? 999 : n + 1))
  expect(counts()).toMatchObject({ conflict: 1000 })
  expect(preparePlanFixes(connection).bySeq(1)).toMatchObject({ conflict: 'blocked', rival: 2 })
  expect(preparePlanFixes(connection).bySeq(998)).toMatchObject({ conflict: 'same-target', rival: 1000 })
})

it('whoever keeps a name is named as the one in the way, not another who wants it too', () => {
  fill(4, (n) => (n < 3 ? 4 : n))
  const fixes = preparePlanFixes(connection)
  expect([1, 2].map((n) => fixes.bySeq(n)?.rival)).toEqual([2, 1])
  const keeper = fixes.bySeq(4)
  if (!keeper) throw new Error('the last user is gone')
  // The one who has it moves away: the two are in each other's way only then.
  const stay = { fix: 'skip', target: '4', target_key: null, rival: null } as const
  const move = { fix: 'address', target: 'elsewhere', target_key: 'elsewhere', rival: null } as const
  fixes.apply(keeper, stay)
  expect([1, 2].map((n) => fixes.bySeq(n))).toMatchObject([
    { conflict: 'taken', rival: 4 },
    { conflict: 'taken', rival: 4 },
  ])
  settlePlan(connection)
  expect([1, 2].map((n) => fixes.bySeq(n)?.rival)).toEqual([4, 4])
  fixes.apply(keeper, move)
  expect([1, 2].map((n) => fixes.bySeq(n)?.conflict)).toEqual(['same-target', 'same-target'])
})

it('a plan that was not finished cannot be opened', () => {
  expect(planIds(dataDir.path, Date.now())).toEqual([])
  expect(openPlanFile(dataDir.path, 'plan', 'read')).toBeUndefined()
  fill(1, (n) => n + 1)
  connection.close()
  finishPlanFile(dataDir.path, 'plan')
  expect(planIds(dataDir.path, Date.now())).toEqual(['plan'])
  connection = createPlanFile(dataDir.path, 'other')
})

it('no statement is about more users than wished, and many steps find what one does', () => {
  fill(100, (n) => (n < 10 ? 10 : n < 40 ? n + 1 : n === 60 ? 61 : n > 90 ? (n === 100 ? 91 : n + 1) : n))
  const rows = () => connection.prepare('select seq, outcome, conflict, rival from plan order by seq').all()
  const before = [rows(), turns(), counts()]
  const ranges: { readonly from: number; readonly upTo: number }[] = []
  const steps: string[] = []
  settlePlan(
    listening(connection, ({ sql, params }) => {
      const [range] = z.tuple([z.object({ from: z.number(), upTo: z.number() })]).safeParse(params).data ?? []
      if (!range) return
      ranges.push(range)
      const plan = connection.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...params)
      steps.push(...plan.map(({ detail }) => detail))
    }),
    7,
  )
  expect([rows(), turns(), counts()]).toEqual(before)
  expect(new Set(ranges.map(({ from, upTo }) => upTo - from))).toEqual(new Set([6]))
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([])
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import type { Connection } from '../file/open-database.ts'
import { indexPlan } from './build-plan.ts'
import { matchPlan, preparePlanMatches } from './match-plan.ts'
import { createPlanFile } from './plan-file.ts'
import { settlePlan } from './settle-plan.ts'

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

it('looks each sought userName up by itself, and never goes through all who are converted for it', () => {
  indexPlan(connection)
  settlePlan(connection)
  const asked: string[] = []
  const listening = new Proxy(connection, {
    get(target, key) {
      if (key === 'prepare') return (sql: string) => (asked.push(sql), target.prepare(sql))
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  matchPlan(listening)
  preparePlanMatches(listening)
  const steps = asked.flatMap((sql) =>
    connection
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...Array.from(sql.matchAll(/\?/g), () => '1'))
      .map((row) => row.detail),
  )
  const indexes = steps.flatMap((step) => /SEARCH p .*INDEX (\w+)/.exec(step)?.[1] ?? [])
  expect(new Set(indexes)).toEqual(new Set(['plan_by_target', 'plan_by_key']))
})

it('compares to the last sought userName, whose rare characters SQLite puts behind those that JavaScript puts behind them', () => {
  const add = connection.prepare('insert into sought (name_key, user_name) values (?, ?)')
  const names = Array.from({ length: 9_999 }, (_, index) => `n${index}`)
  for (const name of [...names, '～', '😀']) add.run(name, name)
  indexPlan(connection)
  settlePlan(connection)
  expect(matchPlan(connection)).toEqual({ sought: 10_001, linkedBefore: 0, linked: 0, created: 10_001, leftBehind: 0 })
})

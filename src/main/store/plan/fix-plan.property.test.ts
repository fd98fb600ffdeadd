import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import type { Connection } from '../file/open-database.ts'
import { indexPlan, preparePlanBuild } from './build-plan.ts'
import { preparePlanFixes } from './fix-plan.ts'
import { createPlanFile } from './plan-file.ts'
import { settlePlan } from './settle-plan.ts'

const names = 'abcdefghij'.split('')
const key = fc.constantFrom(...names)

/** Who has `names[n]`, and what each wants; some want nothing. */
const wishes = fc.array(fc.option(fc.oneof(key, fc.constantFrom('free', 'away')), { nil: undefined, freq: 5 }), {
  minLength: 4,
  maxLength: names.length,
  size: 'max',
})

const fixes = fc.array(
  fc.record({
    seq: fc.integer({ min: 1, max: names.length }),
    fix: fc.oneof(
      fc.constantFrom({ fix: 'skip', target_key: null } as const, { fix: null, target_key: null } as const),
      key.map((target) => ({ fix: 'address', target_key: target }) as const),
    ),
  }),
  { minLength: 1, maxLength: 6 },
)

function fill(connection: Connection, wanted: readonly (string | undefined)[], archived: readonly string[]): void {
  const build = preparePlanBuild(connection)
  for (const [index, wish] of wanted.entries()) {
    const name = names[index] ?? ''
    const target = wish === name ? undefined : wish
    build.addRow({
      seq: index + 1,
      id: name,
      version: 1,
      user_name: name,
      user_name_key: name,
      is_scim: 0,
      is_hidden: 0,
      basis: target === undefined ? 'already' : 'rename',
      reason: null,
      origin: null,
      derived: target ?? null,
      target: target ?? null,
      target_key: target ?? null,
      outcome: target === undefined ? 'already' : 'converts',
    })
  }
  for (const [index, name] of archived.entries())
    build.addTaken({ name_key: name, seq: 100 + index, id: `archived-${index}`, is_archived: 1 })
  indexPlan(connection)
}

const outcomes = (connection: Connection) =>
  connection.prepare('select seq, outcome, conflict, rival, target_key from plan order by seq').all()

it('a decision changes the outcomes of all it concerns as looking at everybody anew would', () => {
  const dataDir = createDataDir()
  let made = 0
  try {
    fc.assert(
      fc.property(wishes, fc.subarray(['away', 'a', 'j'], { maxLength: 1 }), fixes, (wanted, archived, decisions) => {
        const connection = createPlanFile(dataDir.path, `plan${(made += 1)}`)
        fill(connection, wanted, archived)
        settlePlan(connection)
        const plan = preparePlanFixes(connection)
        for (const { seq, fix } of decisions) {
          const row = plan.bySeq(seq)
          if (!row) continue
          const target = fix.fix === null ? row.derived : fix.target_key
          const isMove = fix.fix === 'address' || (fix.fix === null && row.basis === 'rename')
          plan.apply(row, { fix: fix.fix, target, target_key: isMove ? target : null, rival: null })
          const found = outcomes(connection)
          settlePlan(connection)
          expect(found).toEqual(outcomes(connection))
        }
        connection.close()
      }),
      { numRuns: 300 },
    )
  } finally {
    dataDir.remove()
  }
})

import type { Connection } from '../file/open-database.ts'
import type { PlanRow } from './plan-row.ts'

/** A userName that nobody in the plan may take. */
export interface TakenName {
  readonly name_key: string
  readonly seq: number
  readonly id: string
  readonly is_archived: number
}

export type NewPlanRow = Omit<PlanRow, 'fix' | 'chosen' | 'conflict' | 'rival'>

/** Filling a plan that is being built. */
export function preparePlanBuild(connection: Connection) {
  const begin = connection.prepare('begin')
  const commit = connection.prepare('commit')
  const row = connection.prepare(
    `insert into plan (seq, id, version, user_name, user_name_key, is_scim, is_hidden, basis, reason, origin, derived, target, target_key, outcome)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const taken = connection.prepare('insert or ignore into taken (name_key, seq, id, is_archived) values (?, ?, ?, ?)')
  const listed = connection.prepare('insert or ignore into listed (old_key, target, line) values (?, ?, ?)')
  const listedLine = connection.prepare<[string], number>('select line from listed where old_key = ?').pluck()
  const targetOf = connection.prepare<[string], string>('select target from listed where old_key = ?').pluck()
  const use = connection.prepare('update listed set used = 1 where old_key = ?')
  const sought = connection.prepare('insert or ignore into sought (name_key, user_name) values (?, ?)')
  const forgetSought = connection.prepare('delete from sought')
  return {
    /** Runs with all that it writes in one transaction. */
    together(write: () => void): void {
      begin.run()
      write()
      commit.run()
    },
    addRow(plan: NewPlanRow): void {
      row.run(
        plan.seq,
        plan.id,
        plan.version,
        plan.user_name,
        plan.user_name_key,
        plan.is_scim,
        plan.is_hidden,
        plan.basis,
        plan.reason,
        plan.origin,
        plan.derived,
        plan.target,
        plan.target_key,
        plan.outcome,
      )
    },
    addTaken(name: TakenName): void {
      taken.run(name.name_key, name.seq, name.id, name.is_archived)
    },
    /** Returns the line that has the same old user ID already, if one has. */
    addListed(oldKey: string, target: string, line: number): number | undefined {
      return listed.run(oldKey, target, line).changes > 0 ? undefined : listedLine.get(oldKey)
    },
    listedTarget: (oldKey: string) => targetOf.get(oldKey),
    /** Notes that somebody has this old user ID. */
    useListed(oldKey: string): void {
      use.run(oldKey)
    },
    forgetSought(): void {
      forgetSought.run()
    },
    addSought(key: string, userName: string): void {
      sought.run(key, userName)
    },
  }
}

export type PlanBuild = ReturnType<typeof preparePlanBuild>

const indexes = [
  'create index plan_by_key on plan (user_name_key)',
  'create index plan_by_target on plan (target_key) where target_key is not null',
  'create index plan_by_id on plan (id)',
]

/** Makes the indexes of a plan that has all its rows, one after the other: nobody who ends it waits for more than one. */
export function indexPlan(connection: Connection): void {
  for (const sql of indexes) connection.exec(sql)
}

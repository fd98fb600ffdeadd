import type { Connection } from '../file/open-database.ts'
import type { PlanOutcome } from './plan-row.ts'

/** How many users of each outcome a plan has. */
export type PlanCounts = { readonly [outcome in PlanOutcome]: number }

const noCounts: PlanCounts = {
  converts: 0,
  merges: 0,
  already: 0,
  'no-address': 0,
  invalid: 0,
  conflict: 0,
  protected: 0,
  skipped: 0,
  left: 0,
}

/** Named JSON texts of a plan. */
export function preparePlanMeta(connection: Connection) {
  const get = connection.prepare<[string], string>('select value from meta where name = ?').pluck()
  const set = connection.prepare(
    'insert into meta (name, value) values (?, ?) on conflict do update set value = excluded.value',
  )
  const remove = connection.prepare('delete from meta where name = ?')
  const counts = connection.prepare<[], { outcome: PlanOutcome; n: number }>(
    'select outcome, count(*) as n from plan group by outcome',
  )
  return {
    get(name: string): unknown {
      const text = get.get(name)
      return text === undefined ? undefined : JSON.parse(text)
    },
    set(name: string, value: unknown): void {
      set.run(name, JSON.stringify(value))
    },
    remove: (name: string) => void remove.run(name),
    /** Counts all rows anew. */
    count: (): PlanCounts => ({
      ...noCounts,
      ...Object.fromEntries(counts.all().map(({ outcome, n }) => [outcome, n])),
    }),
  }
}

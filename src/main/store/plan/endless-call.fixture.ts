import type { Connection } from '../file/open-database.ts'

/** A call of SQLite that does not return, in the middle of a change of a plan. `begun` is called before it. */
export function callWithoutEnd(plan: Connection, begun: () => void): void {
  plan.exec(`begin; insert into meta values ('half', 'done')`)
  begun()
  plan
    .prepare(
      'with recursive numbers (n) as (select 1 union all select n + 1 from numbers) select count(*) from numbers',
    )
    .get()
}

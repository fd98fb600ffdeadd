import type { Connection } from '../file/open-database.ts'

/** So many users at most may change their userNames in a circle: all of them are renamed in one transaction. */
export const longestCycle = 250

/** Users that one statement is about: some hundredths of a second. Whoever ends the making of a preview waits for one statement at most. */
const usersPerStep = 10_000

const isInStep = 'plan.seq between @from and @upTo'

// Whoever has a userName and keeps it is in the way of all who want it, whoever else wants it too.
const conflicts = [
  `update plan set outcome = 'converts', conflict = null, rival = null
   where ${isInStep} and target_key is not null and outcome <> 'converts'`,

  `update plan set outcome = 'conflict', rival = taken.seq, conflict = case taken.is_archived when 1 then 'taken-archived' else 'taken' end
   from taken where ${isInStep} and plan.outcome = 'converts' and taken.name_key = plan.target_key and taken.seq <> plan.seq`,

  `update plan set outcome = 'conflict', conflict = 'taken', rival = holder.seq
   from plan holder where ${isInStep} and plan.outcome = 'converts' and holder.user_name_key = plan.target_key and holder.seq <> plan.seq
     and holder.target_key is null`,

  `update plan set outcome = 'conflict', conflict = 'same-target',
     rival = (select min(other.seq) from plan other where other.target_key = plan.target_key and other.seq <> plan.seq)
   where ${isInStep} and outcome = 'converts'
     and exists (select 1 from plan other where other.target_key = plan.target_key and other.seq <> plan.seq)`,

  `insert into waits (seq, holder)
   select plan.seq, holder.seq from plan cross join plan holder
   where ${isInStep} and plan.outcome = 'converts' and holder.user_name_key = plan.target_key and holder.seq <> plan.seq`,
]

const blocked = [
  'create index waits_by_holder on waits (holder)',
  `create temp table stuck as
with recursive stuck (seq) as (
  select waits.seq from waits join plan holder on holder.seq = waits.holder where holder.outcome = 'conflict'
  union
  select waits.seq from stuck join waits on waits.holder = stuck.seq
) select seq from stuck`,
  `update plan set outcome = 'conflict', conflict = 'blocked', rival = (select holder from waits where waits.seq = plan.seq)
where seq in (select seq from stuck)`,
  'delete from waits where seq in (select seq from stuck)',
  'drop table stuck',
]

/** The users of a chain or circle from one of them on, in the order in which each waits for the next. */
function chainFrom(first: number, holderOf: (seq: number) => number | undefined): number[] {
  const chain = [first]
  for (let next = holderOf(first); next !== undefined && next !== first; next = holderOf(next)) chain.push(next)
  return chain
}

/**
 * Puts those who wait for each other's userNames into an order in which each finds its own free: chains from their end, circles around.
 * A circle that is too long for one transaction becomes a conflict of all in it.
 */
function orderTurns(connection: Connection): void {
  const holder = connection.prepare<[number], number>('select holder from waits where seq = ?').pluck()
  const holderOf = (seq: number) => holder.get(seq)
  const add = connection.prepare('insert into turns (seq, cycle) values (?, ?)')
  const heads = connection
    .prepare<[], number>('select seq from waits where seq not in (select holder from waits) order by seq')
    .pluck()
    .all()
  for (const head of heads) for (const seq of chainFrom(head, holderOf).toReversed()) add.run(seq, null)
  const refuse = connection.prepare(
    "update plan set outcome = 'conflict', conflict = 'long-cycle', rival = ? where seq = ?",
  )
  const inCircle = connection
    .prepare<[number], number>(
      'select seq from waits where seq > ? and seq not in (select seq from turns) order by seq limit 1',
    )
    .pluck()
  for (let first = inCircle.get(0); first !== undefined; first = inCircle.get(first)) {
    if (holderOf(first) === undefined) continue
    const circle = chainFrom(first, holderOf)
    if (circle.length <= longestCycle) for (const seq of circle.toReversed()) add.run(seq, first)
    else {
      const forget = connection.prepare('delete from waits where seq = ?')
      for (const seq of circle) {
        refuse.run(holderOf(seq) ?? null, seq)
        forget.run(seq)
      }
    }
  }
}

/** Runs each statement for all users, a step at a time. */
function inSteps(connection: Connection, statements: readonly string[], users: number): void {
  const last = Number(connection.prepare('select max(seq) from plan').pluck().get() ?? 0)
  const first = Number(connection.prepare('select min(seq) from plan').pluck().get() ?? 0)
  for (const sql of statements) {
    const statement = connection.prepare(sql)
    for (let from = first; from <= last; from += users) statement.run({ from, upTo: from + users - 1 })
  }
}

/**
 * Finds every conflict of a plan whose rows and indexes are there, and the order in which users who wait for each other are renamed.
 * What it finds replaces what was found before. `perStep` is how many users one statement is about.
 */
export function settlePlan(connection: Connection, perStep: number = usersPerStep): void {
  connection.exec('begin')
  for (const sql of ['delete from turns', 'drop index if exists waits_by_holder', 'delete from waits'])
    connection.exec(sql)
  inSteps(connection, conflicts, perStep)
  for (const sql of blocked) connection.exec(sql)
  orderTurns(connection)
  connection.exec('drop index if exists plan_by_outcome')
  connection.exec('create index plan_by_outcome on plan (outcome, seq)')
  connection.exec('commit')
}

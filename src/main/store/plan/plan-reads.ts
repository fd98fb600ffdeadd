import type { Connection } from '../file/open-database.ts'
import { beginningWith } from '../filter/sql-fragment.ts'
import { planColumns, type PlanOutcome, type PlanRow } from './plan-row.ts'

/** Which rows of a plan are wanted. */
export interface PlanFilter {
  readonly outcome?: PlanOutcome | undefined
  /** The beginning of the userName or of the target, folded. */
  readonly startsWith?: string | undefined
}

/** Of those that begin with a text, so many are looked at. */
const mostHits = 1000

/** So many who want one userName are counted. */
const mostSharing = 1000

/** The condition for a column that is to begin with a text, which is bound twice. */
const begins = (column: string) => beginningWith(column, '').sql

export function preparePlanReads(connection: Connection) {
  const bySeq = connection.prepare<[number], PlanRow>(`select ${planColumns} from plan where seq = ?`)
  const byId = connection.prepare<[string], PlanRow>(`select ${planColumns} from plan where id = ?`)
  const byKey = connection.prepare<[string], PlanRow>(`select ${planColumns} from plan where user_name_key = ?`)
  const all = connection.prepare<[number, number], PlanRow>(
    `select ${planColumns} from plan where seq > ? order by seq limit ?`,
  )
  const ofOutcome = connection.prepare<[string, number, number], PlanRow>(
    `select ${planColumns} from plan where outcome = ? and seq > ? order by seq limit ?`,
  )
  const hits = connection.prepare<(string | number)[], PlanRow>(
    `select ${planColumns} from plan where seq in (
       select seq from (select seq from plan where ${begins('user_name_key')} limit ${mostHits})
       union
       select seq from (select seq from plan where ${begins('target_key')} limit ${mostHits})
     ) and seq > ? order by seq limit ?`,
  )
  const turns = connection.prepare<[number, number], { place: number; seq: number; cycle: number | null }>(
    'select place, seq, cycle from turns where place > ? order by place limit ?',
  )
  const plain = connection.prepare<[number, number], PlanRow>(
    `select ${planColumns} from plan where outcome = 'converts' and seq > ? and seq not in (select seq from turns) order by seq limit ?`,
  )
  const wants = connection.prepare<[string], { one: number }>('select 1 as one from plan where target_key = ? limit 1')
  const sharing = connection
    .prepare<[string], number>(
      `select count(*) from (select 1 from plan where target_key = ? limit ${mostSharing + 1})`,
    )
    .pluck()
  const isTaken = connection.prepare<[string], { one: number }>('select 1 as one from taken where name_key = ? limit 1')
  const unusedListed = connection
    .prepare<[number], string>('select old_key from listed where used = 0 order by line limit ?')
    .pluck()
  const countUnused = connection.prepare<[], number>('select count(*) from listed where used = 0').pluck()
  return {
    bySeq: (seq: number) => bySeq.get(seq),
    byId: (id: string) => byId.get(id),
    /** The user who holds this folded userName. */
    byKey: (key: string) => byKey.get(key),
    /** The rows behind one of them, by `seq`. With `startsWith`, the hits are those among the first thousand of either side. */
    page(filter: PlanFilter, afterSeq: number, limit: number): readonly PlanRow[] {
      const { outcome, startsWith } = filter
      if (startsWith === undefined || startsWith === '')
        return outcome === undefined ? all.all(afterSeq, limit) : ofOutcome.all(outcome, afterSeq, limit)
      const texts = [startsWith, startsWith, startsWith, startsWith]
      const found = hits.all(...texts, afterSeq, outcome === undefined ? limit : 2 * mostHits)
      return outcome === undefined ? found : found.filter((each) => each.outcome === outcome).slice(0, limit)
    },
    /** Those who are renamed in a given order, behind a place in it. `cycle` is the same for those that go in a circle. */
    turns: (afterPlace: number, limit: number) => turns.all(afterPlace, limit),
    /** All others who are renamed, by `seq`. */
    plain: (afterSeq: number, limit: number) => plain.all(afterSeq, limit),
    /** How many others want this folded userName as well, counted up to a thousand. */
    others: (key: string) => (sharing.get(key) ?? 1) - 1,
    /** Whether nobody has this folded userName nor is to get it. */
    isFree: (key: string) =>
      byKey.get(key) === undefined && wants.get(key) === undefined && isTaken.get(key) === undefined,
    /** Old user IDs of the admin's list that nobody has: how many, and the first of them. */
    unused: (limit: number) => ({ count: countUnused.get() ?? 0, first: unusedListed.all(limit) }),
  }
}

export type PlanReads = ReturnType<typeof preparePlanReads>

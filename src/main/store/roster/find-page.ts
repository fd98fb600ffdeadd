import type { Connection } from '../file/open-database.ts'
import { joined, type SqlFragment } from '../filter/sql-fragment.ts'
import { createStatementCache } from '../filter/statement-cache.ts'
import type { PageWish, Place, Placed, RosterPage } from './roster-search.ts'
import type { RosterPlan, RosterWalk } from './roster-plan.ts'

/** So many rows that an index names are looked at together and sorted; where there are more, the list is walked in its order. */
const mostNamed = 5000

/** A stretch of the order that is walked by one index range: rows with a value, then those without. */
interface Stretch {
  readonly isValued: boolean
  readonly ascending: boolean
  readonly from: Place | undefined
}

/** What a stretch is ordered by. */
interface Keyed {
  readonly key: string
  readonly isNullable: boolean
}

/** The stretches from a place on, in the order in which they are walked. */
function stretchesOf({ order, descending }: RosterPlan, { from, backwards }: PageWish): readonly Stretch[] {
  const ascending = descending === backwards
  const valued = { isValued: true, ascending }
  const unvalued = { isValued: false, ascending }
  const all = !order.isNullable ? [valued] : backwards ? [unvalued, valued] : [valued, unvalued]
  const first = from === undefined ? 0 : all.findIndex((each) => each.isValued === (from.key !== null))
  return all.slice(first).map((each, n) => ({ ...each, from: n === 0 ? from : undefined }))
}

function direction({ ascending }: Stretch): string {
  return ascending ? 'asc' : 'desc'
}

function orderOf({ key }: Keyed, stretch: Stretch): string {
  return stretch.isValued ? `${key} ${direction(stretch)}, seq ${direction(stretch)}` : `seq ${direction(stretch)}`
}

/** What lies in a stretch, behind the place where it begins. */
function inStretch({ key, isNullable }: Keyed, { isValued, ascending, from }: Stretch): SqlFragment {
  const sign = ascending ? '>' : '<'
  if (!isValued)
    return {
      sql: `${key} is null${from ? ` and seq ${sign} ?` : ''}`,
      params: from ? [from.seq] : [],
    }
  if (from?.key == null) return { sql: isNullable ? `${key} >= ''` : '1', params: [] }
  // The first comparison is what the index begins at.
  return {
    sql: `${key} ${sign}= ? and (${key} ${sign} ? or seq ${sign} ?)${isNullable ? ` and ${key} >= ''` : ''}`,
    params: [from.key, from.key, from.seq],
  }
}

/** What lies in a stretch up to a place, which is in it. */
function upTo({ key }: Keyed, { isValued, ascending }: Stretch, end: Place | undefined): SqlFragment {
  if (end === undefined) return { sql: '1', params: [] }
  const sign = ascending ? '<' : '>'
  if (!isValued || end.key === null) return { sql: `seq ${sign}= ?`, params: [end.seq] }
  return {
    sql: `${key} ${sign}= ? and (${key} ${sign} ? or seq ${sign}= ?)`,
    params: [end.key, end.key, end.seq],
  }
}

function compareKeys(one: Place['key'], other: Place['key']): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return 0
}

/** Places of several walks in the order of a stretch. Only moments are walked by more than one index. */
function byPlace({ ascending }: Stretch): (one: Place, other: Place) => number {
  const sign = ascending ? 1 : -1
  return (one, other) => sign * (compareKeys(one.key, other.key) || one.seq - other.seq)
}

function merged(found: readonly (readonly Placed[])[], stretch: Stretch): readonly Placed[] {
  const compare = byPlace(stretch)
  return found
    .flat()
    .toSorted((one, other) => compare({ key: one.sort_key, seq: one.seq }, { key: other.sort_key, seq: other.seq }))
}

/** Pages of a list by key: the cost of a page does not depend on how many there are before it. */
export function prepareFindPage(connection: Connection) {
  const statement = createStatementCache(connection)

  /** The rows that the smallest of the sources names; undefined where each names too many. */
  function named({ sources }: RosterPlan): readonly number[] | undefined {
    let smallest: readonly number[] | undefined
    for (const source of sources) {
      const most = smallest ? smallest.length : mostNamed + 1
      const found = statement(`select seq from (${source.sql}) limit ${most}`)
        .pluck()
        .all(...source.params) as number[]
      if (found.length < most) smallest = found
    }
    return smallest
  }

  function whereOf({ directoryId, order, conditions }: RosterPlan): SqlFragment {
    return joined([{ sql: `directory_id = ? and ${order.condition}`, params: [directoryId] }, ...conditions], 'and')
  }

  /** All stretches at once, for few rows. `not indexed` leaves the way by their numbers; SQLite takes any index on directories for better. */
  function pageOfNamed(plan: RosterPlan, columns: string, wish: PageWish, seqs: readonly number[]): RosterPage<Placed> {
    const among = joined(
      [{ sql: 'seq in (select value from json_each(?))', params: [JSON.stringify(seqs)] }, whereOf(plan)],
      'and',
    )
    const rows: Placed[] = []
    for (const stretch of stretchesOf(plan, wish)) {
      if (rows.length === wish.limit) break
      const part = inStretch(plan.order, stretch)
      rows.push(
        ...(statement(
          `select ${columns}, seq, ${plan.order.key} as sort_key from ${plan.table} not indexed
           where ${among.sql} and ${part.sql} order by ${orderOf(plan.order, stretch)} limit ?`,
        ).all(...among.params, ...part.params, wish.limit - rows.length) as Placed[]),
      )
    }
    const total = statement(`select count(*) from ${plan.table} not indexed where ${among.sql}`)
      .pluck()
      .get(...among.params)
    const last = rows.length === wish.limit ? rows.at(-1) : undefined
    return {
      rows,
      resume: last && { key: last.sort_key, seq: last.seq },
      total: typeof total === 'number' ? total : undefined,
    }
  }

  /** Where one walk through a stretch has looked at `look` rows; undefined when it ends before. */
  function endOfWalk(plan: RosterPlan, walk: RosterWalk, stretch: Stretch, look: number): Place | undefined {
    const keyed = { ...walk, isNullable: plan.order.isNullable }
    const part = inStretch(keyed, stretch)
    return statement(
      `select ${walk.key} as key, seq from ${plan.table} indexed by ${walk.index}
       where directory_id = ? and ${walk.condition} and ${part.sql} order by ${orderOf(keyed, stretch)} limit 1 offset ?`,
    ).get(plan.directoryId, ...part.params, look - 1) as Place | undefined
  }

  /** Where the first of the walks has looked at enough. */
  function endOfLook(plan: RosterPlan, stretch: Stretch, look: number): Place | undefined {
    const each = Math.ceil(look / plan.order.walks.length)
    return plan.order.walks
      .map((walk) => endOfWalk(plan, walk, stretch, each))
      .filter((end) => end !== undefined)
      .toSorted(byPlace(stretch))[0]
  }

  /** Along the indexes of the order, looking at each row, until the page is full or enough has been looked at. */
  function walked(plan: RosterPlan, columns: string, wish: PageWish): RosterPage<Placed> {
    const where = whereOf(plan)
    const isFiltered = plan.conditions.length > 0
    const rows: Placed[] = []
    for (const stretch of stretchesOf(plan, wish)) {
      const end = isFiltered ? endOfLook(plan, stretch, wish.look) : undefined
      const missing = wish.limit - rows.length
      const found = plan.order.walks.map((walk) => {
        const keyed = { ...walk, isNullable: plan.order.isNullable }
        const from = inStretch(keyed, stretch)
        const to = upTo(keyed, stretch, end)
        return statement(
          `select ${columns}, seq, ${walk.key} as sort_key from ${plan.table} indexed by ${walk.index}
           where ${where.sql} and ${walk.condition} and ${from.sql} and ${to.sql} order by ${orderOf(keyed, stretch)} limit ?`,
        ).all(...where.params, ...from.params, ...to.params, missing) as Placed[]
      })
      const [only, second] = found
      rows.push(...(only && !second ? only : merged(found, stretch).slice(0, missing)))
      const last = rows.at(-1)
      if (rows.length === wish.limit && last)
        return { rows, resume: { key: last.sort_key, seq: last.seq }, total: undefined }
      if (end) return { rows, resume: end, total: undefined }
    }
    return { rows, resume: undefined, total: undefined }
  }

  return (plan: RosterPlan, columns: string, wish: PageWish): RosterPage<Placed> => {
    const seqs = named(plan)
    if (seqs) return pageOfNamed(plan, columns, wish, seqs)
    const page = walked(plan, columns, wish)
    if (plan.conditions.length === 0) return { ...page, total: plan.count() }
    const isWhole = wish.from === undefined && !wish.backwards && page.resume === undefined
    return isWhole ? { ...page, total: page.rows.length } : page
  }
}

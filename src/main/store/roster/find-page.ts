import type { Connection } from '../open-database.ts'
import { joined, type SqlFragment } from '../sql-fragment.ts'
import { createStatementCache } from '../statement-cache.ts'
import type { PageWish, Place, Placed, RosterPage } from './roster-search.ts'
import type { RosterPlan } from './roster-plan.ts'

/** So many rows that an index names are looked at together and sorted; where there are more, the list is walked in its order. */
const mostNamed = 5000

/** A stretch of the order that is walked by one index range: rows with a value, then those without. */
interface Stretch {
  readonly isValued: boolean
  readonly ascending: boolean
  readonly from: Place | undefined
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

function orderOf({ order }: RosterPlan, stretch: Stretch): string {
  return stretch.isValued
    ? `${order.key} ${direction(stretch)}, seq ${direction(stretch)}`
    : `seq ${direction(stretch)}`
}

/** What lies in a stretch, behind the place where it begins. */
function inStretch({ order }: RosterPlan, { isValued, ascending, from }: Stretch): SqlFragment {
  const sign = ascending ? '>' : '<'
  if (!isValued)
    return {
      sql: `${order.key} is null${from ? ` and seq ${sign} ?` : ''}`,
      params: from ? [from.seq] : [],
    }
  if (from?.key == null) return { sql: order.isNullable ? `${order.key} >= ''` : '1', params: [] }
  // The first comparison is what the index begins at.
  return {
    sql: `${order.key} ${sign}= ? and (${order.key} ${sign} ? or seq ${sign} ?)${order.isNullable ? ` and ${order.key} >= ''` : ''}`,
    params: [from.key, from.key, from.seq],
  }
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
      const part = inStretch(plan, stretch)
      rows.push(
        ...(statement(
          `select ${columns}, seq, ${plan.order.key} as sort_key from ${plan.table} not indexed
           where ${among.sql} and ${part.sql} order by ${orderOf(plan, stretch)} limit ?`,
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

  /** Where a stretch has been looked at for `look` rows; undefined when it ends before. */
  function endOfLook(plan: RosterPlan, stretch: Stretch, look: number): Place | undefined {
    const part = inStretch(plan, stretch)
    return statement(
      `select ${plan.order.key} as key, seq from ${plan.table} indexed by ${plan.order.index}
       where directory_id = ? and ${plan.order.condition} and ${part.sql} order by ${orderOf(plan, stretch)} limit 1 offset ?`,
    ).get(plan.directoryId, ...part.params, look - 1) as Place | undefined
  }

  function upTo({ order }: RosterPlan, { isValued, ascending }: Stretch, end: Place | undefined): SqlFragment {
    if (end === undefined) return { sql: '1', params: [] }
    const sign = ascending ? '<' : '>'
    if (!isValued || end.key === null) return { sql: `seq ${sign}= ?`, params: [end.seq] }
    return {
      sql: `${order.key} ${sign}= ? and (${order.key} ${sign} ? or seq ${sign}= ?)`,
      params: [end.key, end.key, end.seq],
    }
  }

  /** Along the index of the order, looking at each row, until the page is full or enough has been looked at. */
  function walked(plan: RosterPlan, columns: string, wish: PageWish): RosterPage<Placed> {
    const where = whereOf(plan)
    const isFiltered = plan.conditions.length > 0
    const rows: Placed[] = []
    for (const stretch of stretchesOf(plan, wish)) {
      const end = isFiltered ? endOfLook(plan, stretch, wish.look) : undefined
      const from = inStretch(plan, stretch)
      const to = upTo(plan, stretch, end)
      const missing = wish.limit - rows.length
      rows.push(
        ...(statement(
          `select ${columns}, seq, ${plan.order.key} as sort_key from ${plan.table} indexed by ${plan.order.index}
           where ${where.sql} and ${from.sql} and ${to.sql} order by ${orderOf(plan, stretch)} limit ?`,
        ).all(...where.params, ...from.params, ...to.params, missing) as Placed[]),
      )
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

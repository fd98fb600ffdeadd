import { z } from 'zod'
import type { Reach } from '../../../contract/page.ts'
import { mostChosen } from '../../../contract/roster.ts'
import type { PageWish, Place, Placed } from '../../store/roster/roster-search.ts'
import type { RosterAnswer } from '../reads/roster-reads.ts'

/** So many rows are looked at before others get their turn in the thread of the reads. */
const look = 10_000

const cursorShape = z.object({
  /** On which side of the row the wanted part lies. */
  side: z.enum(['behind', 'before']),
  key: z.union([z.string(), z.number(), z.null()]),
  seq: z.int(),
  /** In which order of the list. */
  order: z.string(),
  /** The number of the first item behind the row, or of the row itself. */
  number: z.int().min(1),
})

type Cursor = z.infer<typeof cursorShape>

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** A cursor that cannot be read, or belongs to another order, is an old address: the beginning is shown. */
function decode(text: string | null, order: string): Cursor | undefined {
  if (text === null) return undefined
  try {
    const cursor = cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return cursor.order === order ? cursor : undefined
  } catch {
    return undefined
  }
}

interface Gathered<Row> {
  readonly rows: readonly (Row & Placed)[]
  readonly total: number | null
  readonly all: number
  readonly reach: Reach
}

interface Asked<Row> {
  /** One look into the list. */
  readonly ask: (wish: PageWish) => Promise<RosterAnswer<Row>>
  readonly signal: AbortSignal | undefined
}

/** Looks on until there are enough rows, the list ends, or nobody waits any more. */
export async function gatherRows<Row>(
  { ask, signal }: Asked<Row>,
  wish: { readonly from: Place | undefined; readonly backwards: boolean; readonly limit: number },
): Promise<Gathered<Row>> {
  const rows: (Row & Placed)[] = []
  let { from } = wish
  for (;;) {
    const part = await ask({ from, backwards: wish.backwards, limit: wish.limit - rows.length, look })
    rows.push(...part.rows)
    from = part.resume
    if (from && rows.length < wish.limit && signal?.aborted !== true) continue
    const isWhole = wish.from === undefined && !wish.backwards && !from
    const total = part.total ?? (isWhole ? rows.length : null)
    return { rows, total, all: part.all, reach: part.reach }
  }
}

export interface RosterPart<Row> extends Gathered<Row> {
  readonly next: string | null
  readonly previous: string | null
  readonly first: number
}

interface PartWanted {
  readonly cursor: string | null
  readonly limit: number
  readonly sort: string
  readonly descending: boolean
  readonly archived: boolean
}

/** The part of a list that a cursor names, with the cursors of its neighbours. */
export async function rosterPart<Row>(
  asked: Asked<Row>,
  { cursor: text, limit, ...list }: PartWanted,
): Promise<RosterPart<Row>> {
  const order = list.archived ? `archived ${list.descending}` : `${list.sort} ${list.descending}`
  const cursor = decode(text, order)
  const backwards = cursor?.side === 'before'
  const place = cursor && { key: cursor.key, seq: cursor.seq }
  const found = await gatherRows(asked, { from: place, backwards, limit: limit + 1 })
  // Too few lie before: that is the beginning, which has more behind.
  if (backwards && found.rows.length <= limit && asked.signal?.aborted !== true)
    return rosterPart(asked, { ...list, cursor: null, limit })
  const nearest = found.rows.slice(0, limit)
  const rows = backwards ? nearest.toReversed() : nearest
  const first = cursor ? (backwards ? Math.max(1, cursor.number - rows.length) : cursor.number) : 1
  const [head, last] = [rows[0], rows.at(-1)]
  const hasMore = found.rows.length > limit
  return {
    ...found,
    rows,
    first,
    next:
      last && (backwards || hasMore)
        ? encode({ side: 'behind', order, key: last.sort_key, seq: last.seq, number: first + rows.length })
        : null,
    previous:
      head && (backwards ? hasMore : cursor !== undefined)
        ? encode({ side: 'before', order, key: head.sort_key, seq: head.seq, number: first })
        : null,
  }
}

/** All that are found, up to a bound: for something to be done to all of them. */
export async function selectionOf(asked: Asked<{ readonly id: string; readonly source: 'local' | 'scim' }>) {
  const { rows } = await gatherRows(asked, { from: undefined, backwards: false, limit: mostChosen + 1 })
  return {
    items: rows.slice(0, mostChosen).map((each) => ({ id: each.id, isManaged: each.source === 'scim' })),
    isWhole: rows.length <= mostChosen,
  }
}

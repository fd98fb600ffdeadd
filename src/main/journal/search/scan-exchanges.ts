import type { ExchangeRow } from '../../store/journal/exchange-row.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'
import {
  heldFrom,
  heldUpTo,
  idBounds,
  isIdOrdered,
  selectExchanges,
  type ExchangeRange,
} from '../../store/journal/select-exchanges.ts'
import type { Connection } from '../../store/file/open-database.ts'

/** Rows of one SELECT; each ends its own read transaction, so that the writer's log can be cut back in between. */
export const rowsPerStep = 128
/** Ids that one SELECT looks through, for no index leads to the matches of most filters: some milliseconds. */
export const idsPerStep = 2500

/** One step of a scan. */
export interface ScanStep {
  readonly rows: readonly ExchangeRow[]
  /** Up to where has been looked: to go on, the `before` or `after` of the next scan. */
  readonly at: number
  /** How many ids were looked through. */
  readonly looked: number
}

/** Walks through a range of ids bit by bit; a step may have no rows. Texts are not looked at. */
export function* scanExchanges(
  connection: Connection,
  where: JournalWhere,
  range: Omit<ExchangeRange, 'limit'> & { readonly rowsPerStep?: number },
): Generator<ScanStep> {
  const bounds = idBounds(connection, where)
  const limit = range.rowsPerStep ?? rowsPerStep
  const isOrdered = isIdOrdered(where)
  const width = isOrdered ? idsPerStep : Number.MAX_SAFE_INTEGER
  const isBackward = range.order === 'newest first'
  let low = Math.max(bounds.low, (range.after ?? 0) + 1)
  let high = Math.min(bounds.high, (range.before ?? Number.MAX_SAFE_INTEGER) - 1)
  while (low <= high) {
    const from = isBackward ? Math.max(low, high - width + 1) : low
    const to = isBackward ? high : Math.min(high, low + width - 1)
    const { order } = range
    const rows = selectExchanges(connection, where, { after: from - 1, before: to + 1, order, limit })
    const last = rows.length < limit ? undefined : rows.at(-1)?.id
    const at = last ?? (isBackward ? from : to)
    const ids = isBackward ? high - at + 1 : at - low + 1
    yield { rows, at, looked: isOrdered ? ids : rows.length }
    if (isBackward) high = at - 1
    else low = at + 1
    if (rows.length > 0 || !isOrdered) continue
    // Nothing may be left of millions of ids.
    if (isBackward) high = heldUpTo(connection, high)
    else low = heldFrom(connection, low) ?? high + 1
  }
}

import type { ExchangeRow } from '../store/journal/exchange-row.ts'
import type { JournalPayload } from '../store/journal/journal-record.ts'
import type { JournalWhere } from '../store/journal/journal-where.ts'
import { openJournalForReading } from '../store/journal/journal-file.ts'
import { createBlockReader, type BlockReader } from '../store/journal/read-block.ts'
import { prepareTrafficReads, type TrafficReads } from '../store/journal/traffic.ts'
import {
  countExchanges,
  newestExchangeId,
  selectExchange,
  selectExchanges,
  type ExchangeRange,
} from '../store/journal/select-exchanges.ts'
import type { Connection } from '../store/open-database.ts'
import { toDetail, toEntry, type JournalDetail, type JournalEntry } from './journal-entry.ts'

const largestPage = 500
/** Rows of one SELECT; each ends its own read transaction, so that the writer's log can be cut back in between. */
const rowsPerStep = 128
/** A search in bodies looks at so many rows before it hands back what it has: about half a second. */
const rowsPerSearch = 50_000

export interface PageRequest {
  /** Only entries with a smaller id: the `next` of the page before. */
  readonly before?: number
  /** Only entries with a larger id. */
  readonly after?: number
  readonly limit: number
  readonly where?: JournalWhere
}

export interface JournalPage {
  readonly entries: readonly JournalEntry[]
  /** Where to go on, as `before` (or `after` when following); undefined at the end. */
  readonly next: number | undefined
}

export interface JournalReader {
  /** Newest first. A search for text may come back with few entries or none and a `next`: there is more to look through. */
  page(request: PageRequest): JournalPage
  /** The entries after an id, oldest first. */
  follow(afterId: number, limit: number, where?: JournalWhere): JournalPage
  /** One entry with headers, bodies and trace, by its id or the `X-Request-Id`. */
  get(id: number | string): JournalDetail | undefined
  /** All that match with their content, oldest first, read bit by bit: writing goes on meanwhile. */
  details(where?: JournalWhere): Iterable<JournalDetail>
  /** How many match, counted no further than `most`. A search for text is not counted: undefined. */
  count(where: JournalWhere, most: number): number | undefined
  /** What the log shows of traffic, for the overview; undefined while there is no journal. */
  traffic(): TrafficReads | undefined
  /** The newest id, 0 when nothing has been recorded; where `follow` starts. */
  newestId(): number
  close(): void
}

interface Source {
  readonly connection: Connection
  readonly blocks: BlockReader
  readonly traffic: TrafficReads
}

/** Reads `journal.db` in any process, also while the server writes. A journal that does not exist yet reads as empty. */
export function openJournalReader(file: string): JournalReader {
  let open: Source | undefined

  function source(): Source | undefined {
    if (open !== undefined) return open
    const connection = openJournalForReading(file)
    if (connection !== undefined)
      open = { connection, blocks: createBlockReader(connection), traffic: prepareTrafficReads(connection) }
    return open
  }

  function select(where: JournalWhere, range: ExchangeRange): JournalPage {
    const from = source()
    if (from === undefined) return { entries: [], next: undefined }
    const limit = Math.max(1, Math.min(largestPage, Math.trunc(range.limit)))
    const needles = needlesOf(where)
    if (needles === undefined) {
      const rows = selectExchanges(from.connection, where, { ...range, limit })
      return { entries: rows.map(toEntry), next: rows.length < limit ? undefined : rows.at(-1)?.id }
    }
    return search(from, where, needles, { ...range, limit })
  }

  function search(from: Source, where: JournalWhere, needles: Needles, range: ExchangeRange): JournalPage {
    const entries: JournalEntry[] = []
    const isBackward = range.order === 'newest first'
    let at = isBackward ? range.before : range.after
    for (let looked = 0; looked < rowsPerSearch; looked += rowsPerStep) {
      const bounds = isBackward ? { before: at } : { after: at }
      const rows = selectExchanges(from.connection, where, { ...range, ...bounds, limit: rowsPerStep })
      for (const row of rows) {
        at = row.id
        if (!isFound(needles, row, from.blocks.payload(row.id))) continue
        entries.push(toEntry(row))
        if (entries.length >= range.limit) return { entries, next: at }
      }
      if (rows.length < rowsPerStep) return { entries, next: undefined }
    }
    return { entries, next: at }
  }

  return {
    page: ({ before, after, limit, where = {} }) => select(where, { before, after, order: 'newest first', limit }),
    follow: (afterId, limit, where = {}) => select(where, { after: afterId, order: 'oldest first', limit }),
    get(id) {
      const from = source()
      const row = from && selectExchange(from.connection, id)
      return from && row && toDetail(row, from.blocks.payload(row.id))
    },
    *details(where = {}) {
      const from = source()
      if (from === undefined) return
      const needles = needlesOf(where)
      // What is recorded from now on is not part of it, so that the end comes.
      const before = newestExchangeId(from.connection) + 1
      let after: number | undefined = 0
      while (after !== undefined) {
        const rows: readonly ExchangeRow[] = selectExchanges(from.connection, where, {
          before,
          after,
          order: 'oldest first',
          limit: rowsPerStep,
        })
        for (const row of rows) {
          const payload = from.blocks.payload(row.id)
          if (needles === undefined || isFound(needles, row, payload)) yield toDetail(row, payload)
        }
        after = rows.length < rowsPerStep ? undefined : rows.at(-1)?.id
      }
    },
    count(where, most) {
      const from = source()
      if (from === undefined) return 0
      return needlesOf(where) === undefined ? countExchanges(from.connection, where, most) : undefined
    },
    traffic: () => source()?.traffic,
    newestId() {
      const from = source()
      return from === undefined ? 0 : newestExchangeId(from.connection)
    },
    close() {
      open?.connection.close()
      open = undefined
    },
  }
}

/** What is looked for in headers and bodies, in lower case. */
interface Needles {
  readonly all: readonly string[]
  readonly none: readonly string[]
}

function needlesOf({ text, texts }: JournalWhere): Needles | undefined {
  const all = [...(text === undefined || text === '' ? [] : [text]), ...(texts?.all ?? [])]
  const none = texts?.none ?? []
  if (all.length === 0 && none.length === 0) return undefined
  return { all: all.map((each) => each.toLowerCase()), none: none.map((each) => each.toLowerCase()) }
}

function isFound({ all, none }: Needles, row: ExchangeRow, payload: JournalPayload | undefined): boolean {
  const texts = [
    row.target,
    row.classification,
    row.requestId,
    row.remoteAddress,
    payload?.requestHeaders,
    payload?.requestBody,
    payload?.responseHeaders,
    payload?.responseBody,
    payload?.trace,
  ].flatMap((text) => text?.toLowerCase() ?? [])
  const isIn = (needle: string) => texts.some((text) => text.includes(needle))
  return all.every(isIn) && !none.some(isIn)
}

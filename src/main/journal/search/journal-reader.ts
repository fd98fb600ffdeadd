import type { ExchangeRow } from '../../store/journal/exchange-row.ts'
import { openJournalSource } from '../../store/journal/journal-source.ts'
import type { JournalPayload } from '../../store/journal/journal-record.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'
import { preparePinReads, type PinReads } from '../../store/journal/pins.ts'
import { createBlockReader, type BlockReader } from '../../store/journal/read-block.ts'
import {
  droppedOfStrangers,
  heldBefore,
  heldExchanges,
  newestExchangeId,
  oldestMoment,
  resourcesOfExchanges,
  selectExchange,
  type ExchangeRange,
} from '../../store/journal/select-exchanges.ts'
import { prepareTimingReads, type TimingReads } from '../../store/journal/timing.ts'
import { prepareTrafficReads, type TrafficReads } from '../../store/journal/traffic.ts'
import type { Connection } from '../../store/file/open-database.ts'
import { toStoreError } from '../../store/store-error.ts'
import { atOnce, type Steps } from '../../steps.ts'
import { toDetail, toEntry, type ChosenIdp, type JournalDetail, type JournalEntry } from '../journal-entry.ts'
import { countMatches, sortMatches, type JournalCount, type SortedPage, type SortRequest } from './ordered-matches.ts'
import { rowsPerStep, scanExchanges } from './scan-exchanges.ts'
import { isFound, needlesOf, type Needles } from './text-search.ts'

const largestPage = 2000
/** A search in bodies looks at so many rows before it hands back what it has: about half a second. */
const rowsPerSearch = 50_000
/** Any other filter looks through so many ids before: about as long. */
const idsPerSearch = 200_000

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
  /** The same for a thread that others ask meanwhile. */
  pageSteps(request: PageRequest): Steps<JournalPage>
  /** The entries after an id, oldest first, up to one where that is given. */
  follow(afterId: number, limit: number, where?: JournalWhere, upTo?: number): JournalPage
  /** The resources that exchanges with these ids were about, both ends included. */
  resourceIds(from: number, upTo: number): readonly string[]
  /** One entry with headers, bodies and trace, by its id or the `X-Request-Id`. */
  get(id: number | string): JournalDetail | undefined
  /** All that match with their content, oldest first, read bit by bit: writing goes on meanwhile. */
  details(where?: JournalWhere): Iterable<JournalDetail>
  /** The same, and undefined wherever nothing was found for a while, so that others have their turn. */
  detailSteps(where?: JournalWhere): Iterable<JournalDetail | undefined>
  count(where: JournalWhere): Steps<JournalCount>
  sorted(request: SortRequest): Steps<SortedPage>
  /** What a request's time is compared with; undefined while there is no journal. */
  timing(): TimingReads | undefined
  /** What the log shows of traffic, for the overview; undefined while there is no journal. */
  traffic(): TrafficReads | undefined
  /** The newest id, 0 when nothing has been recorded; where `follow` starts. */
  newestId(): number
  /** What there is, and what of strangers has gone before its time; undefined while there is no journal. */
  extent(): JournalExtent | undefined
  /** How many are older than this id. */
  countBefore(id: number): number
  /** What stands in the file for one exchange, as it is to be pinned; undefined when the log has it no more. */
  payload(id: number): JournalPayload | undefined
  close(): void
}

export interface JournalExtent {
  readonly count: number
  /** When the oldest one arrived, in ms since the epoch. */
  readonly oldestAt: number | undefined
  readonly droppedOfStrangers: number
}

interface Source {
  readonly connection: Connection
  readonly blocks: BlockReader
  readonly pins: PinReads
  readonly timing: TimingReads
  readonly traffic: TrafficReads
}

/**
 * Reads `journal.db` in any process, also while the server writes. A journal that does not exist yet reads as empty. What is
 * damaged throws `StoreError` where it is read, but for `timing` and `traffic`, whose reads are the caller's. Where the sender of a request is
 * not known, `chosenIdp` says whose habits explain it.
 */
export function openJournalReader(file: string, chosenIdp: ChosenIdp = () => undefined): JournalReader {
  const journal = openJournalSource<Source>(file, (connection) => ({
    connection,
    blocks: createBlockReader(connection),
    pins: preparePinReads(connection),
    timing: prepareTimingReads(connection),
    traffic: prepareTrafficReads(connection),
  }))
  const source = journal.reads

  function payloadOf({ blocks, pins }: Source, { id, isPinned }: ExchangeRow): JournalPayload | undefined {
    return blocks.payload(id) ?? (isPinned ? pins.payload(id) : undefined)
  }

  /** A block that has none of the texts anywhere need not be taken apart. */
  function hasTexts(from: Source, needles: Needles, row: ExchangeRow): boolean {
    const isInBlock =
      row.isPinned || [...needles.all, ...needles.none].some((each) => from.blocks.mayHold(row.id, each))
    return isFound(needles, row, isInBlock ? payloadOf(from, row) : undefined)
  }

  function* select(where: JournalWhere, range: ExchangeRange): Steps<JournalPage> {
    const from = source()
    if (from === undefined) return { entries: [], next: undefined }
    const limit = Math.max(1, Math.min(largestPage, Math.trunc(range.limit)))
    const needles = needlesOf(where)
    const entries: JournalEntry[] = []
    const left = { rows: rowsPerSearch, ids: idsPerSearch }
    const steps = scanExchanges(from.connection, where, {
      ...range,
      rowsPerStep: needles === undefined ? limit : rowsPerStep,
    })
    for (const step of steps) {
      for (const row of step.rows) {
        if (needles !== undefined && !hasTexts(from, needles, row)) continue
        entries.push(toEntry(row))
        if (entries.length >= limit) return { entries, next: row.id }
      }
      left.rows -= needles === undefined ? 0 : step.rows.length
      left.ids -= step.looked
      if (left.rows <= 0 || left.ids <= 0) return { entries, next: step.at }
      yield undefined
    }
    return { entries, next: undefined }
  }

  function isOnlyPinned({ connection }: Source, { id, isPinned }: ExchangeRow): boolean {
    return isPinned && selectExchange(connection, id) === undefined
  }

  function* detailSteps(where: JournalWhere): Generator<JournalDetail | undefined> {
    const from = source()
    if (from === undefined) return
    const needles = needlesOf(where)
    // What is recorded from now on is not part of it, so that the end comes.
    const before = newestExchangeId(from.connection) + 1
    for (const { rows } of scanExchanges(from.connection, where, { before, order: 'oldest first' })) {
      for (const row of rows)
        if (needles === undefined || hasTexts(from, needles, row))
          yield toDetail(row, payloadOf(from, row), chosenIdp, isOnlyPinned(from, row))
      yield undefined
    }
  }

  function* counted(where: JournalWhere): Steps<JournalCount> {
    const from = source()
    return from ? yield* countMatches(from.connection, where) : { count: 0, isExact: true, total: 0 }
  }

  function* sorted(request: SortRequest): Steps<SortedPage> {
    const from = source()
    if (from === undefined) return { entries: [], total: 0, isAll: true }
    return yield* sortMatches(from.connection, request, (where, before, limit) =>
      select(where, { before, order: 'newest first', limit }),
    )
  }

  /** What SQLite throws names no file. */
  function told(error: unknown): unknown {
    return toStoreError(error, file) ?? error
  }

  function telling<Given extends readonly unknown[], Found>(
    read: (...given: Given) => Found,
  ): (...given: Given) => Found {
    return (...given) => {
      try {
        return read(...given)
      } catch (error) {
        throw told(error)
      }
    }
  }

  function* tellingSteps<Step, Found>(steps: Generator<Step, Found, undefined>): Generator<Step, Found, undefined> {
    try {
      return yield* steps
    } catch (error) {
      throw told(error)
    }
  }

  const details = (where: JournalWhere = {}) => tellingSteps(detailSteps(where))
  const pageSteps = ({ before, after, limit, where = {} }: PageRequest) =>
    tellingSteps(select(where, { before, after, order: 'newest first', limit }))

  return {
    page: (request) => atOnce(pageSteps(request)),
    pageSteps,
    follow: (afterId, limit, where = {}, upTo) =>
      atOnce(
        tellingSteps(
          select(where, {
            after: afterId,
            before: upTo === undefined ? undefined : upTo + 1,
            order: 'oldest first',
            limit,
          }),
        ),
      ),
    resourceIds: telling((from, upTo) => {
      const { connection } = source() ?? {}
      return connection ? resourcesOfExchanges(connection, from, upTo) : []
    }),
    get: telling((id) => {
      const from = source()
      if (from === undefined) return undefined
      const inLog = selectExchange(from.connection, id)
      const row = inLog ?? from.pins.row(id)
      return row && toDetail(row, payloadOf(from, row), chosenIdp, inLog === undefined)
    }),
    *details(where) {
      for (const detail of details(where)) if (detail !== undefined) yield detail
    },
    detailSteps: details,
    count: (where) => tellingSteps(counted(where)),
    sorted: (request) => tellingSteps(sorted(request)),
    timing: () => source()?.timing,
    traffic: () => source()?.traffic,
    newestId: telling(() => {
      const from = source()
      return from === undefined ? 0 : newestExchangeId(from.connection)
    }),
    extent: telling(() => {
      const { connection } = source() ?? {}
      return (
        connection && {
          count: heldExchanges(connection),
          oldestAt: oldestMoment(connection),
          droppedOfStrangers: droppedOfStrangers(connection),
        }
      )
    }),
    countBefore: telling((id) => {
      const { connection } = source() ?? {}
      return connection ? heldBefore(connection, id) : 0
    }),
    payload: telling((id) => source()?.blocks.payload(id)),
    close: () => journal.close(),
  }
}

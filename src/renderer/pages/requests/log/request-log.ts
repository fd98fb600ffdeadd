import type { RequestTerm } from '../../../../contract/request-filter.ts'
import type { Request } from '../../../../contract/requests.ts'
import { hasFailed } from '../../../components/text/request-text.ts'
import { followStream, type StreamBatch } from '../../../rpc/follow-stream.ts'
import type { Connection } from '../../../rpc/connection.ts'
import { createIntern } from './intern.ts'
import { idOfRow, type LogRow } from './log-row.ts'
import { createRing } from './ring.ts'

/** How many rows the page holds. */
export const rowsInView = 100_000
const pageSize = 500
/** So many rows fill any screen; a search that finds fewer goes on by itself. */
const enoughRows = 100
/** Whoever is further behind than this begins anew with the newest, instead of being led through all of it. */
const mostToCatchUp = 4000

/** What the screen shows of the log at one moment; a new value after each change. */
export interface LogView {
  /** Positions of the rows: from `first` up to `end`, which is not part of them. */
  readonly first: number
  readonly end: number
  /** Nothing has come back yet. */
  readonly isLoading: boolean
  /** A search still looks through older requests: below this number. */
  readonly searchingBelow: number | undefined
  readonly isLoadingOlder: boolean
  /** The oldest match is in view. */
  readonly isComplete: boolean
  /** The view is held: so many have come since, at least. Undefined while it is not. */
  readonly held: number | undefined
  /** How many have come since the filter was chosen, and how many of them failed. */
  readonly arrived: number
  readonly failed: number
  /** Why the log could not be read; the page tries again by itself. */
  readonly problem: unknown
}

/** The live list of requests, outside React (it is read with `useSyncExternalStore`), and beyond the life of the screen. */
export interface RequestLog {
  view(): LogView
  subscribe(listener: () => void): () => void
  at(position: number): LogRow | undefined
  /** Shows what matches; the same filter again changes nothing. */
  show(filter: readonly RequestTerm[]): void
  /** The screen is there and wants new requests; what it returns ends that. A view that is held counts on meanwhile. */
  watch(): () => void
  /** Holds the view. New requests are counted, and stand in the log as ever. */
  pause(): void
  resume(): void
  loadOlder(): void
  /** What a person has changed about a request. */
  update(id: number, change: Partial<Request>): void
  /** Reads everything anew. */
  reload(): void
}

interface Parts {
  readonly connection: Pick<Connection, 'untilOpen'> & {
    readonly engine: Pick<Connection['engine'], 'requests' | 'system'>
  }
  /** Runs something before the next picture is drawn. */
  readonly beforeDrawing: (work: () => void) => void
  readonly capacity?: number
}

const nothing: LogView = {
  first: 0,
  end: 0,
  isLoading: true,
  searchingBelow: undefined,
  isLoadingOlder: false,
  isComplete: false,
  held: undefined,
  arrived: 0,
  failed: 0,
  problem: undefined,
}

export function createRequestLog({ connection, beforeDrawing, capacity = rowsInView }: Parts): RequestLog {
  const { engine } = connection
  const ring = createRing<LogRow>(capacity)
  const listeners = new Set<() => void>()
  const intern = createIntern()
  let view = nothing
  let isTold = true
  let filter: readonly RequestTerm[] | undefined
  let watchers = 0
  /** Up to where the stream has been seen, and up to where the view goes: the same, unless it is held. */
  let position = 0
  let shownUpTo = 0
  /** Where a search for older ones goes on; null at the oldest. */
  let older: number | null = null
  let running: AbortController | undefined

  function set(change: Partial<LogView>): void {
    view = { ...view, ...change, first: ring.first(), end: ring.end() }
    if (!isTold) return
    isTold = false
    beforeDrawing(() => {
      isTold = true
      for (const listener of listeners) listener()
    })
  }

  function rowOf(request: Request): LogRow {
    return { kind: 'request', request: intern(request) }
  }

  function begin(): AbortSignal {
    running?.abort()
    running = new AbortController()
    return running.signal
  }

  async function persist(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let waitMs = 500; !signal.aborted; waitMs = Math.min(waitMs * 2, 8000)) {
      try {
        await connection.untilOpen(signal)
        if (!signal.aborted) await work()
        return
      } catch (error) {
        if (signal.aborted) return
        set({ problem: error })
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    }
  }

  /** Adds a page of older rows before the oldest. */
  async function loadPage(signal: AbortSignal, terms: readonly RequestTerm[]): Promise<void> {
    const page = await engine.requests.page({ filter: [...terms], before: older, limit: pageSize }, { signal })
    if (signal.aborted) return
    ring.prepend(page.items.map(rowOf).toReversed())
    older = page.next
    set({ isLoading: false, isComplete: older === null, problem: undefined })
  }

  /** Adds pages until there are so many rows more, or no older ones. A search may find little in each. */
  async function loadMore(signal: AbortSignal, terms: readonly RequestTerm[], rows: number): Promise<void> {
    const wanted = Math.min(capacity, ring.end() - ring.first() + rows)
    set({ isLoadingOlder: true })
    await persist(signal, async () => {
      while (older !== null && ring.end() - ring.first() < wanted && !signal.aborted) {
        set({ searchingBelow: older })
        await loadPage(signal, terms)
      }
    })
    if (!signal.aborted) set({ isLoadingOlder: false, searchingBelow: undefined })
  }

  /** From the newest on: what is there, then what comes. */
  function start(terms: readonly RequestTerm[]): void {
    const signal = begin()
    ring.clear()
    older = null
    set({ ...nothing, held: view.held === undefined ? undefined : 0 })
    void persist(signal, async () => {
      // Asked for first: what comes in between is in the page, and what comes after it in the stream.
      const { newestId } = await engine.requests.retention(undefined, { signal })
      await loadPage(signal, terms)
      const newest = ring.at(ring.end() - 1)
      position = Math.max(newestId, newest ? idOfRow(newest) : 0)
      shownUpTo = position
    }).then(() => {
      if (signal.aborted) return undefined
      follow(signal, terms)
      const missing = enoughRows - (ring.end() - ring.first())
      return older === null || missing <= 0 ? undefined : loadMore(signal, terms, missing)
    })
  }

  function follow(signal: AbortSignal, terms: readonly RequestTerm[]): void {
    void followStream<Request>({
      connection,
      from: position,
      signal,
      open: (where, ending) => engine.requests.follow({ ...where, filter: [...terms] }, { signal: ending }),
      onBatch: take,
    })
  }

  function take({ items, dropped, position: reached }: StreamBatch<Request>): void {
    const from = position + 1
    position = reached
    if (view.held !== undefined) return set({ held: view.held + items.length + dropped })
    const first = items[0]
    if (dropped > 0) ring.append([{ kind: 'passed', count: dropped, from, to: first ? first.id - 1 : reached }])
    ring.append(items.map(rowOf))
    shownUpTo = reached
    set({
      isLoading: false,
      problem: undefined,
      arrived: view.arrived + items.length,
      failed: view.failed + items.filter(hasFailed).length,
      // The oldest may have been driven out.
      isComplete: view.isComplete && ring.end() - ring.first() < capacity,
    })
  }

  /** Goes on behind what is shown, or anew when that is too far back. */
  function catchUp(): void {
    if (filter === undefined) return
    const terms = filter
    const signal = begin()
    set({ isLoadingOlder: false, searchingBelow: undefined })
    void persist(signal, async () => {
      const { newestId } = await engine.requests.retention(undefined, { signal })
      if (signal.aborted) return
      if (newestId - shownUpTo > mostToCatchUp || view.isLoading) return start(terms)
      position = shownUpTo
      follow(signal, terms)
    })
  }

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    at: ring.at,
    show(next) {
      if (filter !== undefined && JSON.stringify(filter) === JSON.stringify(next)) return
      filter = next
      start(next)
    },
    watch() {
      watchers += 1
      if (watchers === 1 && running === undefined) catchUp()
      return () => {
        watchers = Math.max(0, watchers - 1)
        if (watchers > 0 || view.held !== undefined) return
        running?.abort()
        running = undefined
      }
    },
    pause() {
      if (view.held === undefined) set({ held: 0 })
    },
    resume() {
      if (view.held === undefined) return
      const isBehind = view.held > 0
      set({ held: undefined })
      if (isBehind) catchUp()
    },
    loadOlder() {
      if (filter === undefined || running === undefined || view.isLoading || view.isLoadingOlder) return
      if (older === null || ring.end() - ring.first() >= capacity) return
      void loadMore(running.signal, filter, enoughRows)
    },
    update(id, change) {
      let low = ring.first()
      let high = ring.end() - 1
      while (low <= high) {
        const middle = Math.floor((low + high) / 2)
        const row = ring.at(middle)
        if (!row) return
        if (row.kind === 'request' && row.request.id === id) {
          ring.replace(middle, { kind: 'request', request: { ...row.request, ...change } })
          return set({})
        }
        if (idOfRow(row) < id) low = middle + 1
        else high = middle - 1
      }
    },
    reload() {
      if (filter !== undefined) start(filter)
    },
  }
}

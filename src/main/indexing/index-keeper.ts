import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Administer } from '../administration/administer.ts'
import { placeText } from '../directory/place-text.ts'
import { firstPace, nextPace } from '../jobs/pace.ts'
import type { LookupIndexRow } from '../store/lookup-indexes.ts'
import type { StoreReads } from '../store/store-reads.ts'

/** How often is looked for indexes that have work to do, in ms. */
const lookEveryMs = 1000

/** So much unmoved log holds the work up, in bytes, for so many looks, so far apart, at most: somebody may read from it for hours. */
const longLog = 16 * 1024 * 1024
const logLookMs = 50
const mostLogLooks = 40

interface Parts {
  readonly reads: StoreReads
  readonly administer: Administer
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
  /** See `createJobRunner`. */
  readonly watchLoad: () => () => number
}

/** Builds and clears the indexes of attributes, batch by batch. */
export interface IndexKeeper {
  /** Looks for work from now on: what a server does. */
  watch(): void
  /**
   * Goes on with an index until there is nothing left to do; resolves to how it stands then, undefined where it is forgotten. Rejects as `Administer`
   * does. `isOver` ends it between two batches.
   */
  finish(
    id: number,
    isOver: () => boolean,
    onBatch?: (index: LookupIndexRow) => void,
  ): Promise<LookupIndexRow | undefined>
  /** Ends after the batch under way. */
  close(): Promise<void>
}

function isAtWork({ state }: LookupIndexRow): boolean {
  return state === 'building' || state === 'dropping'
}

export function createIndexKeeper({ reads, administer, onTrouble, watchLoad }: Parts): IndexKeeper {
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> | undefined
  let trouble: string | undefined

  function rest(ms: number): Promise<void> {
    return ms < 1 ? Promise.resolve() : pause(ms, undefined, { signal: closing.signal }).catch(() => undefined)
  }

  async function untilLogIsMoved(): Promise<void> {
    for (let looks = 0; looks < mostLogLooks && reads.log.unmoved() > longLog; looks += 1) await rest(logLookMs)
  }

  async function finish(
    id: number,
    isOver: () => boolean,
    onBatch?: (index: LookupIndexRow) => void,
  ): Promise<LookupIndexRow | undefined> {
    let index = reads.lookupIndexes.byId(id)
    let pace = firstPace
    while (index && isAtWork(index) && !isOver() && !closing.signal.aborted) {
      const load = watchLoad()
      const begun = performance.now()
      const done: {
        readonly index: LookupIndexRow | undefined
        readonly processed: number
        readonly wasAwaited: boolean
      } = await administer('advance-lookup-index', {
        id,
        afterSeq: index.after_seq,
        items: pace.items,
        limits: pace.limits,
      })
      const tookMs = performance.now() - begun
      pace = nextPace(pace, { tookMs, processed: done.processed, wasAwaited: done.wasAwaited, load: load() })
      index = done.index
      if (index) onBatch?.(index)
      await rest(pace.restMs)
      await untilLogIsMoved()
    }
    return index
  }

  async function work(): Promise<void> {
    try {
      for (const { id, state } of reads.lookupIndexes.unfinished()) {
        const index = await finish(id, () => false)
        if (state === 'building' && index?.state === 'ready')
          onTrouble(`The index of ${placeText(index)} is made: users are found by it at once.`)
      }
      trouble = undefined
    } catch (error) {
      // Told once; the next look goes on where it ended.
      const message = error instanceof Error ? error.message : String(error)
      if (message !== trouble) onTrouble(`An index has to wait: ${message}`)
      trouble = message
    }
  }

  return {
    watch() {
      timer ??= setInterval(() => {
        working ??= work().finally(() => {
          working = undefined
        })
      }, lookEveryMs)
    },
    finish,
    async close() {
      clearInterval(timer)
      closing.abort()
      await working
    },
  }
}

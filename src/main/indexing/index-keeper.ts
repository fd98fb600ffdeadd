import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Administer } from '../administration/administer.ts'
import { placeText } from '../directory/read/place-text.ts'
import { firstPace, nextPace } from '../jobs/pace.ts'
import type { LookupIndexRow } from '../store/configuration/lookup-indexes.ts'
import type { StoreReads } from '../store/store-reads.ts'

/** How often is looked for indexes that have work to do, in ms. */
const lookEveryMs = 1000

/** For how long one is left alone that gets no further, in ms. */
const heldUpMs = 60_000

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

/** An index gets no further, since a user's stored record cannot be read. The message is one line that says what to do. */
class HeldUp extends Error {
  override readonly name = 'HeldUp'
}

function heldUp(index: LookupIndexRow, userName: string): HeldUp {
  return new HeldUp(
    `The index of ${placeText(index)} gets no further: the stored record of ${JSON.stringify(userName)} cannot be read, and lookups by it fail. Restore a backup in which it is whole.`,
  )
}

/** Builds and clears the indexes of attributes, batch by batch. */
export interface IndexKeeper {
  /** Looks for work from now on: what a server does. */
  watch(): void
  /**
   * Goes on with an index until there is nothing left to do; resolves to how it stands then, undefined where it is forgotten. Rejects as `Administer`
   * does, and with one line where it gets no further. `isOver` ends it between two batches.
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
  let isMatchedSeen = false
  /** What the operator was told of each index last, and until when it is left alone; 0 stands for what concerns them all. */
  const troubles = new Map<number, { readonly message: string; readonly until: number }>()

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
        readonly heldUpBy: string | undefined
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
      if (index && done.heldUpBy !== undefined) throw heldUp(index, done.heldUpBy)
      await rest(pace.restMs)
      await untilLogIsMoved()
    }
    return index
  }

  /** Tells each trouble once, also where several indexes have the same. */
  async function attempt(id: number, step: () => Promise<void>): Promise<void> {
    const known = troubles.get(id)
    if (known && known.until > performance.now()) return
    try {
      await step()
      troubles.delete(id)
    } catch (error) {
      // The next look goes on where it ended.
      const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      if (![...troubles.values()].some((each) => each.message === message))
        onTrouble(error instanceof HeldUp ? message : `An index has to wait: ${message}`)
      troubles.set(id, { message, until: performance.now() + (error instanceof HeldUp ? heldUpMs : 0) })
    }
  }

  /** What an integration matches by may have been chosen when there were no indexes yet, or in a backup. */
  async function beginMatched(): Promise<void> {
    for (const index of await administer('index-matching-attributes', undefined))
      onTrouble(
        `An integration matches users by ${placeText(index)}, which has no index yet. One is being made; see: rollcall indexes list`,
      )
    isMatchedSeen = true
  }

  async function goOn({ id, state }: LookupIndexRow): Promise<void> {
    const index = await finish(id, () => false)
    if (state === 'building' && index?.state === 'ready')
      onTrouble(`The index of ${placeText(index)} is made: users are found by it at once.`)
  }

  async function work(): Promise<void> {
    let unfinished: readonly LookupIndexRow[] = []
    await attempt(0, async () => {
      if (!isMatchedSeen) await beginMatched()
      unfinished = reads.lookupIndexes.unfinished()
    })
    // One that gets no further keeps none of the others waiting.
    for (const index of unfinished) {
      if (closing.signal.aborted) return
      await attempt(index.id, () => goOn(index))
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

import { Worker } from 'node:worker_threads'
import { ScimError, tooMany, unavailable } from '../../../scim/error.ts'
import type { Note } from '../../../scim/note.ts'
import type { Query } from '../../../scim/query/query.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { EndpointLimits } from '../endpoint-limits.ts'
import type { Reply } from '../reply.ts'

/** A read that another thread answers. */
export interface CostlyRead {
  readonly kind: 'list' | 'all' | 'one'
  readonly resource: ResourceName
  readonly id: string
  readonly integrationId: number
  readonly base: string
  readonly query: Query
  readonly ifNoneMatch: string | undefined
  readonly now: number
}

export interface CostlyReadThreadData {
  readonly dataDir: string
  readonly limits: EndpointLimits
}

export type CostlyReadReply =
  | { readonly kind: 'answer'; readonly reply: Reply; readonly notes: readonly Note[] }
  | {
      readonly kind: 'scim-error'
      readonly error: Pick<ScimError, 'status' | 'scimType' | 'detail'>
      readonly notes: readonly Note[]
    }
  /** `code` is SQLite's, where it is one of its errors. */
  | { readonly kind: 'bug'; readonly stack: string; readonly code?: string }

interface Waiting {
  readonly read: CostlyRead
  readonly resolve: (reply: CostlyReadReply) => void
}

const mostWaiting = 64

/** Answers reads that would hold up the endpoint's thread, one at a time, each within a time limit. */
export interface CostlyReads {
  /** Once nobody waits for the answer any more, the signal ends the read, or takes it out of those that wait. */
  run(read: CostlyRead, gone?: AbortSignal): Promise<CostlyReadReply>
  /** Ends the thread; what waits for it is answered with 503, and so is what comes later. */
  close(): Promise<void>
}

/**
 * The thread is started by the first costly read. One that takes too long, or that nobody waits for any more, ends with its thread: SQLite cannot
 * be interrupted otherwise.
 */
export function createCostlyReads(threadUrl: URL, data: CostlyReadThreadData): CostlyReads {
  const waiting: Waiting[] = []
  let worker: Worker | undefined
  let current: Waiting | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  function failed(error: ScimError): CostlyReadReply {
    return { kind: 'scim-error', error, notes: [] }
  }

  function nobodyWaits(): CostlyReadReply {
    return failed(unavailable('The client closed the connection before the query was answered.'))
  }

  function stopped(): CostlyReadReply {
    return failed(unavailable('The endpoint was stopped before the query was answered. Try again later.'))
  }

  function settle(reply: CostlyReadReply): void {
    clearTimeout(timer)
    const ended = current
    current = undefined
    ended?.resolve(reply)
    next()
  }

  function start(): Worker {
    const started = new Worker(threadUrl, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 },
    })
    // What a thread says after it was ended for taking too long answers nobody: the read that runs by then is another one's.
    started.on('message', (reply: CostlyReadReply) => {
      if (worker === started) settle(reply)
    })
    started.on('error', (error) => {
      if (worker !== started) return
      worker = undefined
      settle({ kind: 'bug', stack: error.stack ?? error.message })
    })
    return started
  }

  function endThread(reply: CostlyReadReply): void {
    void worker?.terminate()
    worker = undefined
    settle(reply)
  }

  /** A client that has given up asks again, and its old questions would keep everybody waiting. */
  function giveUp(abandoned: Waiting): void {
    if (abandoned === current) return endThread(nobodyWaits())
    const at = waiting.indexOf(abandoned)
    if (at < 0) return
    waiting.splice(at, 1)
    abandoned.resolve(nobodyWaits())
  }

  function next(): void {
    if (current) return
    current = waiting.shift()
    if (!current) return
    try {
      worker ??= start()
    } catch (error) {
      // Where the machine has no thread left this read fails, and the next one tries it again.
      return settle({ kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
    timer = setTimeout(() => {
      const seconds = Math.round(data.limits.costlyReadMs / 1000)
      endThread(failed(tooMany(`The query took longer than ${seconds} seconds. Narrow its filter.`)))
    }, data.limits.costlyReadMs)
    worker.postMessage(current.read)
  }

  return {
    run(read, gone) {
      if (gone?.aborted === true) return Promise.resolve(nobodyWaits())
      if (isClosed) return Promise.resolve(stopped())
      if (waiting.length >= mostWaiting)
        return Promise.resolve(failed(unavailable('Too many costly queries wait already. Try again later.')))
      return new Promise((resolve) => {
        const asked = { read, resolve }
        waiting.push(asked)
        gone?.addEventListener('abort', () => giveUp(asked), { once: true })
        next()
      })
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      for (const { resolve } of waiting.splice(0)) resolve(stopped())
      current?.resolve(stopped())
      current = undefined
      const ending = worker
      worker = undefined
      await ending?.terminate()
    },
  }
}

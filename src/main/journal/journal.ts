import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { unreachable } from '../../scim/unreachable.ts'
import type { Committed } from '../store/journal/append.ts'
import { createBatchQueue } from './queue/batch-queue.ts'
import type { Exchange } from './exchange.ts'
import { threadState } from '../background.ts'
import { createHold } from './queue/hold.ts'
import type { JournalReply, JournalRequest, JournalThreadData } from './thread/journal-message.ts'
import { defaultJournalSettings, type JournalSettings } from './journal-settings.ts'
import type { KnownIntegration } from './thread/known-integration.ts'
import { watchForStarvation } from './thread/starvation.ts'

const flushAfterMs = 50
const firstRetryMs = 1000
/** While so long nothing could be stored, requests wait for the journal; then they go on, and bodies may be left out. */
const longestHoldMs = 2000
const longestRetryMs = 60_000
/** A batch during which the thread died so often is taken for the cause. */
const mostDeaths = 3
const closeTimeoutMs = 10_000
/** After so many full batches there is enough to do that it pays to do it in the background. */
const fullBatchesBefore = 50
/** A thread that got no processor in the background is followed by one that stays in the foreground for so long, and the next one for longer. */
const firstForegroundMs = 600_000
const foregroundGrowth = 6
const longestForegroundMs = 86_400_000

export interface JournalOptions {
  /** Path of `journal.db`. */
  readonly file: string
  /** Where `journal-thread.ts` stands after bundling. */
  readonly threadUrl: URL
  readonly settings?: Partial<JournalSettings>
  readonly integrations?: readonly KnownIntegration[]
  /** Bench switch: infer nothing from the exchanges. */
  readonly withoutTracking?: boolean
  /** One line for a person: why nothing is recorded at present, or that it is again. */
  readonly onTrouble: (message: string) => void
}

export interface Journal {
  /** Takes one exchange; it is stored within moments. Never throws and never waits. */
  record(exchange: Exchange): void
  /** Undefined, unless more comes in than can be stored: then resolves when the next exchange may come without losing its bodies. Bounded. */
  room(): Promise<void> | undefined
  /** Resolves when everything recorded so far is in the file, or when a trouble keeps it out. */
  flush(): Promise<void>
  /** Stores what is left and ends the thread; what a trouble keeps out by then is given up. */
  close(): Promise<void>
  /** Why nothing is recorded at present: one line; undefined when it is. */
  problem(): string | undefined
  /** Calls the listener with the ids that were committed. Returns how to stop it. */
  onCommitted(listener: (committed: Committed) => void): () => void
  configure(settings: Partial<JournalSettings>): void
  /** Whose requests come; exchanges recorded from now on are told apart by it. */
  knowIntegrations(integrations: readonly KnownIntegration[]): void
}

/** At most one batch is with the thread, and everything else waits in a bounded queue. */
export function openJournal(options: JournalOptions): Journal {
  const session = randomUUID()
  const queue = createBatchQueue()
  const hold = createHold(queue.isCrowded, longestHoldMs)
  const listeners = new Set<(committed: Committed) => void>()
  const waiting: { readonly through: number; readonly resolve: () => void }[] = []
  let settings: JournalSettings = { ...defaultJournalSettings, ...options.settings }
  let integrations = options.integrations ?? []
  let fullBatches = 0
  let foregroundMs = 0
  let foregroundUntil = 0
  /** The number of the thread while it works in the background. */
  let inBackground: number | undefined
  let isReplacing = false
  let thread: Worker | undefined = startThread()
  const starvation = watchForStarvation(
    () => (inBackground === undefined || isReplacing ? undefined : threadState(inBackground)),
    replaceThread,
  )
  let isSending = false
  let deaths = 0
  let retryMs = firstRetryMs
  let timer: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let problem: string | undefined
  let isClosed = false
  let closed: Promise<void> | undefined
  let onThreadEnd: (() => void) | undefined

  function startThread(): Worker {
    inBackground = undefined
    fullBatches = 0
    const data: JournalThreadData = {
      file: options.file,
      session,
      settings,
      integrations,
      withoutTracking: options.withoutTracking === true,
    }
    const worker = new Worker(options.threadUrl, {
      workerData: data,
      name: 'journal',
      // A hostile body must run out of the thread's memory before it runs out of the server's.
      resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 8 },
    })
    worker.on('message', (reply: JournalReply) => takeReply(reply))
    worker.on('error', (error) => threadEnded(worker, error instanceof Error ? error.message : String(error)))
    worker.on('exit', () => threadEnded(worker, 'it ended unexpectedly'))
    return worker
  }

  function trouble(message: string): void {
    if (problem !== undefined) return
    problem = message
    options.onTrouble(`Requests are not being recorded: ${message}`)
  }

  function recovered(): void {
    deaths = 0
    retryMs = firstRetryMs
    if (problem === undefined) return
    problem = undefined
    options.onTrouble('Requests are being recorded again.')
  }

  /** Ends a thread that gets no processor in the background, where it has to stay; what it was given is given to one in the foreground. */
  function replaceThread(): void {
    isReplacing = true
    foregroundMs = Math.min(Math.max(foregroundMs * foregroundGrowth, firstForegroundMs), longestForegroundMs)
    foregroundUntil = performance.now() + foregroundMs
    void thread?.terminate()
  }

  function threadEnded(worker: Worker, why: string): void {
    if (worker !== thread) return
    thread = undefined
    onThreadEnd?.()
    if (isClosed) return
    if (isReplacing) {
      isReplacing = false
      isSending = false
      thread = startThread()
      return send()
    }
    trouble(`the journal's thread stopped (${why}); it is started again.`)
    deaths += 1
    if (isSending && deaths >= mostDeaths) {
      queue.giveUpHead()
      deaths = 0
    }
    retryLater()
  }

  function retryLater(): void {
    starvation.end()
    isSending = false
    settle(true)
    hold.release()
    retry ??= setTimeout(() => {
      retry = undefined
      if (isClosed && thread === undefined) return
      thread ??= startThread()
      send()
    }, retryMs)
    retry.unref()
    retryMs = Math.min(retryMs * 2, longestRetryMs)
  }

  function takeReply(reply: JournalReply): void {
    switch (reply.kind) {
      case 'committed':
        starvation.end()
        isSending = false
        queue.removeHead()
        hold.moved()
        recovered()
        if (reply.committed) announce(reply.committed)
        settle(false)
        if (queue.isFull()) sendFull()
        else if (waiting.length > 0) send()
        else armTimer()
        return
      case 'failed':
        trouble(`${reply.message} They are kept in memory as far as it goes.`)
        retryLater()
        return
      case 'trouble':
        options.onTrouble(reply.message)
        return
      case 'background':
        inBackground = reply.thread
        return
      case 'closed':
        return
      default:
        return unreachable(reply)
    }
  }

  function announce(committed: Committed): void {
    for (const listener of listeners) listener(committed)
  }

  /** Ends the waiting of those whose exchanges are stored; after a trouble, of all. */
  function settle(all: boolean): void {
    for (let at = waiting.length - 1; at >= 0; at--) {
      const waiter = waiting[at]
      if (waiter && (all || queue.isDone(waiter.through))) {
        waiting.splice(at, 1)
        waiter.resolve()
      }
    }
  }

  function send(): void {
    clearTimeout(timer)
    timer = undefined
    if (isSending || retry !== undefined || thread === undefined) return
    const batch = queue.head()
    if (batch === undefined) return
    isSending = true
    starvation.begin()
    tell(thread, { kind: 'batch', ...batch })
  }

  function sendFull(): void {
    if (performance.now() >= foregroundUntil && ++fullBatches === fullBatchesBefore && thread)
      tell(thread, { kind: 'background' })
    send()
  }

  function armTimer(): void {
    if (timer !== undefined || isSending || queue.isEmpty()) return
    timer = setTimeout(send, flushAfterMs)
    timer.unref()
  }

  function flush(): Promise<void> {
    if (queue.isEmpty() || retry !== undefined || thread === undefined) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push({ through: queue.seal(), resolve })
    send()
    return promise
  }

  async function endThread(): Promise<void> {
    const ending = thread
    if (ending === undefined) return
    const { promise, resolve } = Promise.withResolvers<void>()
    onThreadEnd = resolve
    const timeout = setTimeout(resolve, closeTimeoutMs)
    tell(ending, { kind: 'close' })
    starvation.begin()
    await promise
    clearTimeout(timeout)
    starvation.end()
    thread = undefined
    await ending.terminate()
  }

  async function close(): Promise<void> {
    clearTimeout(timer)
    // A disk that was full may have room again: one last try.
    clearTimeout(retry)
    retry = undefined
    const timeout = Promise.withResolvers<void>()
    const alarm = setTimeout(timeout.resolve, closeTimeoutMs)
    await Promise.race([flush(), timeout.promise])
    clearTimeout(alarm)
    isClosed = true
    hold.release()
    clearTimeout(retry)
    await endThread()
  }

  return {
    record(exchange) {
      if (closed !== undefined) return
      queue.add(exchange)
      if (isSending) return
      if (queue.isFull()) sendFull()
      else if (timer === undefined) armTimer()
    },
    room: () => (retry !== undefined || thread === undefined || closed !== undefined ? undefined : hold.room()),
    flush,
    close: () => (closed ??= close()),
    problem: () => problem,
    onCommitted(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    configure(changed) {
      settings = { ...settings, ...changed }
      if (thread) tell(thread, { kind: 'configure', settings })
    },
    knowIntegrations(known) {
      integrations = known
      if (thread) tell(thread, { kind: 'integrations', integrations })
    },
  }
}

function tell(thread: Worker, request: JournalRequest): void {
  thread.postMessage(request)
}

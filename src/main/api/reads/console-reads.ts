import { Worker } from 'node:worker_threads'
import { Refusal } from '../../administration/refusal.ts'
import { StoreError } from '../../store/store-error.ts'
import type { ReadThreadData } from './read-sources.ts'
import type { ReadInputOf, ReadName, ReadOutputOf } from './read-commands.ts'

export interface ReadRequest {
  readonly id: number
  readonly name: ReadName
  readonly input: unknown
}

export type ToReadThread =
  | { readonly kind: 'read'; readonly request: ReadRequest }
  | { readonly kind: 'give-up'; readonly id: number }
  | { readonly kind: 'close' }

export type ReadReply =
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'refused' | 'store-error' | 'bug'; readonly problem: string }

/** What the console asks of the databases, answered by threads of its own, so that no search of a person holds up an IdP. */
export interface ConsoleReads {
  /** Rejects with `Refusal`, with `StoreError`, or with an error that is a bug; with the reason of the signal where that ends the wait, and the work. */
  ask<Name extends ReadName>(name: Name, input: ReadInputOf<Name>, signal?: AbortSignal): Promise<ReadOutputOf<Name>>
  close(): Promise<void>
}

/** What goes through whole files, for minutes where they are large: no other question waits behind it. */
const ofWholeFiles: ReadonlySet<ReadName> = new Set(['look-into-backup', 'delete-older', 'examine-files'])

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

function errorOf({ kind, problem }: Exclude<ReadReply, { readonly kind: 'value' }>): Error {
  if (kind === 'refused') return new Refusal(problem)
  return kind === 'store-error' ? new StoreError('unreadable', problem) : new Error(problem)
}

/** How long the end of a search is waited for when the server ends, in ms. */
const patienceMs = 2000

/** A thread is started by the first question, and anew after it has failed. */
export function createConsoleReads(threadUrl: URL, data: ReadThreadData): ConsoleReads {
  const quick = createReadThread(threadUrl, data, { name: 'console reads', endsWhenIdle: false })
  const long = createReadThread(threadUrl, data, { name: 'console files', endsWhenIdle: true })
  return {
    ask: (name, input, signal) => (ofWholeFiles.has(name) ? long : quick).ask(name, input, signal),
    async close() {
      await Promise.all([quick.close(), long.close()])
    },
  }
}

/** Answers questions in the order in which they come; a long one makes way for others at times (in-turns.ts). */
function createReadThread(
  threadUrl: URL,
  data: ReadThreadData,
  { name: threadName, endsWhenIdle }: { readonly name: string; readonly endsWhenIdle: boolean },
): ConsoleReads {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0
  let isClosed = false

  function failAll(error: Error): void {
    for (const each of waiting.values()) each.reject(error)
    waiting.clear()
  }

  function start(): Worker {
    const started = new Worker(threadUrl, {
      workerData: data,
      name: threadName,
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
    })
    started.on('message', (reply: ReadReply) => {
      const asker = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (reply.kind === 'value') asker?.resolve(reply.value)
      else asker?.reject(errorOf(reply))
      if (!endsWhenIdle || waiting.size > 0 || worker !== started) return
      worker = undefined
      tell(started, { kind: 'close' })
    })
    const ended = (error: Error) => {
      if (worker !== started) return
      worker = undefined
      failAll(error)
    }
    started.on('error', (error) => ended(error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => ended(new Error('the thread of the console’s reads ended')))
    started.unref()
    return started
  }

  return {
    ask<Name extends ReadName>(name: Name, input: ReadInputOf<Name>, signal?: AbortSignal) {
      if (signal?.aborted === true) return Promise.reject(reasonOf(signal))
      if (isClosed) return Promise.reject(new Error('the console’s reads are closed'))
      worker ??= start()
      const id = ++last
      return new Promise<ReadOutputOf<Name>>((resolve, reject) => {
        // The thread ran the command of this name.
        const settle =
          <Given>(end: (given: Given) => void) =>
          (given: Given) => {
            signal?.removeEventListener('abort', giveUp)
            end(given)
          }
        const giveUp = () => {
          const asker = waiting.get(id)
          waiting.delete(id)
          if (worker) tell(worker, { kind: 'give-up', id })
          if (signal) asker?.reject(reasonOf(signal))
        }
        waiting.set(id, {
          resolve: settle((value) => resolve(value as ReadOutputOf<Name>)),
          reject: settle(reject),
        })
        signal?.addEventListener('abort', giveUp, { once: true })
        if (worker) tell(worker, { kind: 'read', request: { id, name, input } })
      })
    },
    async close() {
      isClosed = true
      const ending = worker
      worker = undefined
      failAll(new Error('the console’s reads are closed'))
      if (!ending) return
      const { promise: ended, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, patienceMs)
      ending.once('exit', () => resolve())
      tell(ending, { kind: 'close' })
      await ended
      clearTimeout(timer)
      await ending.terminate()
    },
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('nobody waits for the answer')
}

function tell(thread: Worker, message: ToReadThread): void {
  thread.postMessage(message)
}

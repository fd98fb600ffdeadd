import { Worker } from 'node:worker_threads'
import { StoreError } from '../store/store-error.ts'
import { createBell, createBellMemory } from './bell.ts'
import type { Command, Outcome } from './command.ts'
import { packCommands, unpackOutcomes } from './packed-messages.ts'
import { createVigil } from './vigil.ts'
import { createWaitingRoom } from './waiting-room.ts'
import type { FromWriter, ToWriter, WriterSettings } from './writer-messages.ts'

/** The engine's way to change anything. */
export interface CommandQueue {
  /** Resolves once the command's transaction has reached the disk, or with what went wrong; it never rejects. */
  execute(command: Command): Promise<Outcome>
  /** Resolves when all commands given before have ended and the database is closed. */
  close(): Promise<void>
}

const interrupted: Outcome = { kind: 'interrupted', problem: 'The writer was interrupted. Look, then try again.' }

interface WriterWatch {
  /** Called before those that wait are told. */
  readonly onWritten: () => void
  /** The thread has ended by itself, after it was ready; called when those that waited for it have been told. */
  readonly onGone: (why: string) => void
}

/**
 * Starts the writer in a thread of its own, so that a slow disk slows writers alone (docs/decisions/0001). Commands given in one turn of the
 * event loop cross together. Rejects with `StoreError` when the database cannot be opened.
 */
export function startThreadedWriter(
  threadUrl: URL,
  settings: Omit<WriterSettings, 'bell'>,
  { onWritten, onGone }: WriterWatch,
): Promise<CommandQueue> {
  const memory = createBellMemory()
  const bell = createBell(memory)
  const workerSettings: WriterSettings = { ...settings, bell: memory }
  const worker = new Worker(threadUrl, {
    name: 'writer',
    workerData: workerSettings,
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 },
  })
  const waiting = createWaitingRoom<Outcome>()
  const vigil = createVigil(() => waiting.count() === 1)
  let queued: (readonly [number, Command])[] = []
  let isReady = false
  let isGone = false
  let whenClosed: (() => void) | undefined

  function tell(message: ToWriter): void {
    worker.postMessage(message)
    bell.ring()
  }

  function flush(): void {
    const commands = queued
    queued = []
    tell({ kind: 'commands', commands: packCommands(commands) })
  }

  function fail(why: string): void {
    if (isGone) return
    isGone = true
    waiting.callAll(interrupted)
    whenClosed?.()
    if (isReady && whenClosed === undefined) onGone(why)
  }

  const queue: CommandQueue = {
    execute(command) {
      if (isGone) return Promise.resolve(interrupted)
      return new Promise((settle) => {
        queued.push([waiting.enter(settle), command])
        const isAlone = waiting.count() === 1
        bell.expectRing(isAlone && vigil.begin())
        // An idle writer starts at once; a busy one takes what has gathered by the end of this turn.
        if (isAlone) flush()
        else if (queued.length === 1) setImmediate(flush)
      })
    },
    close() {
      if (isGone) return Promise.resolve()
      return new Promise((resolve) => {
        whenClosed = resolve
        setImmediate(() => tell({ kind: 'close' }))
      })
    },
  }

  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromWriter) => {
      switch (message.kind) {
        case 'ready':
          isReady = true
          return resolve(queue)
        case 'failed':
          fail(message.problem)
          void worker.terminate()
          return reject(new StoreError('unreadable', message.problem))
        case 'outcomes':
          onWritten()
          return unpackOutcomes(message.outcomes, waiting.call)
        case 'closed':
          isGone = true
          // What was given after `close` has not been looked at.
          waiting.callAll(interrupted)
          return whenClosed?.()
        default:
          return
      }
    })
    worker.on('error', (error) => {
      fail(error.message)
      reject(error)
    })
    worker.on('exit', (status) => {
      fail(`exit status ${status}`)
      reject(new Error(`the writer's thread ended with status ${status}`))
    })
  })
}

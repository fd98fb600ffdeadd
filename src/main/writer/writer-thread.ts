import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { moveLog, prepareLogEnd, withoutAutomaticCheckpoints } from '../store/file/checkpoint.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { stepBack } from '../step-back.ts'
import { toStoreError } from '../store/store-error.ts'
import { createBell } from './bell.ts'
import type { Command, Outcome } from './command.ts'
import { isPatient } from './patience.ts'
import type { FromWriter, ToWriter, WriterSettings } from './writer-messages.ts'
import { packOutcomes, unpackCommands } from './packed-messages.ts'
import { createWriter } from './writer.ts'

/** How many commands share a transaction at most: what bounds the wait of the first of them. */
const maxBatch = 24

/** How often is looked whether the write-ahead log has grown long, in ms, and how soon again when somebody was in the way of its end. */
const lookEveryMs = 20
const lookAgainMs = 500

/** So often in a row requests go before a batch of long work that waits; then it is its turn, or it would stand still. */
const mostPrecedence = 4

/** A little behind the endpoint's thread, so that lookups do not wait for writes (docs/decisions/0015). */
const nicer = 3

/** Carries out commands as they come: all that have come while a transaction was being committed form the next one. */
function run(port: MessagePort, settings: WriterSettings): void {
  const connection = withoutAutomaticCheckpoints(openWriterConnection(settings.dataDir))
  const bell = createBell(settings.bell)
  const patient: (readonly [number, Command])[] = []
  let precedence = 0
  let rung = 0
  const isAwaited = () => bell.rings() !== rung
  const writer = createWriter(connection, {
    bulkMaxOperations: settings.bulkMaxOperations,
    mostMembers: settings.mostMembers,
    isAwaited,
  })
  const pause = new Int32Array(new SharedArrayBuffer(4))
  const log = prepareLogEnd(connection)
  let nextLook = 0

  function reply(message: FromWriter): void {
    port.postMessage(message)
  }

  function execute(commands: readonly (readonly [number, Command])[]): void {
    for (let from = 0; from < commands.length; from += maxBatch) {
      const batch = commands.slice(from, from + maxBatch)
      const outcomes = writer.execute(batch.map(([, command]) => command))
      if (settings.commitDelayMs > 0) Atomics.wait(pause, 0, 0, settings.commitDelayMs)
      reply({ kind: 'outcomes', outcomes: packOutcomes(batch.map(([id], n) => [id, outcomes[n] ?? noOutcome])) })
    }
  }

  reply({ kind: 'ready' })
  // The thread sleeps on the bell instead of turning an event loop: that wakes it sooner, and a single writer waits for each wake-up.
  for (;;) {
    rung = bell.rings()
    const commands: (readonly [number, Command])[] = []
    let isClosing = false
    for (let message = receive(port); message; message = receive(port)) {
      if (message.kind === 'close') isClosing = true
      else for (const each of unpackCommands(message.commands)) (isPatient(each[1]) ? patient : commands).push(each)
    }
    if (commands.length > 0) execute(commands)
    if (patient.length === 0) precedence = 0
    else if (isClosing || !isAwaited() || precedence >= mostPrecedence) {
      execute(patient.splice(0, isClosing ? patient.length : 1))
      precedence = 0
    } else precedence += 1
    if (isClosing) break
    if (performance.now() >= nextLook) nextLook = (log.shorten() ? lookAgainMs : lookEveryMs) + performance.now()
    if (commands.length === 0 && patient.length === 0) bell.untilRung(rung)
  }
  moveLog(connection)
  connection.close()
  reply({ kind: 'closed' })
  port.close()
}

const noOutcome: Outcome = { kind: 'bug', stack: 'no outcome' }

function receive(port: MessagePort): ToWriter | undefined {
  return receiveMessageOnPort(port)?.message
}

const settings: WriterSettings = workerData
stepBack(nicer)
try {
  if (!parentPort) throw new Error('writer-thread runs in a worker only')
  run(parentPort, settings)
} catch (error) {
  const known = toStoreError(error, settings.dataDir)
  const problem = known?.message ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
  parentPort?.postMessage({ kind: 'failed', problem } satisfies FromWriter)
}

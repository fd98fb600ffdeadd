import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { openWriterConnection } from '../store/database-files.ts'
import { toStoreError } from '../store/store-error.ts'
import type { Command, Outcome } from './command.ts'
import type { FromWriter, ToWriter, WriterSettings } from './writer-messages.ts'
import { createWriter } from './writer.ts'

/** How many commands share a transaction at most: what bounds the wait of the first of them. */
const maxBatch = 256

/** How long the writer is idle before it moves the write-ahead log, in ms. */
const idleMs = 200

/** Carries out commands as they come: all that have come while a transaction was being committed form the next one. */
function run(settings: WriterSettings): void {
  const port = parentPort
  if (!port) throw new Error('writer-thread runs in a worker only')
  const connection = openWriterConnection(settings.dataDir)
  connection.pragma('wal_autocheckpoint = 0')
  const writer = createWriter(connection, { bulkMaxOperations: settings.bulkMaxOperations })
  const pause = new Int32Array(new SharedArrayBuffer(4))
  let idle: NodeJS.Timeout | undefined
  let sinceCheckpoint = 0

  function reply(message: FromWriter): void {
    port?.postMessage(message)
  }

  function execute(commands: readonly (readonly [number, Command])[]): void {
    for (let from = 0; from < commands.length; from += maxBatch) {
      const batch = commands.slice(from, from + maxBatch)
      const outcomes = writer.execute(batch.map(([, command]) => command))
      if (settings.commitDelayMs > 0) Atomics.wait(pause, 0, 0, settings.commitDelayMs)
      reply({
        kind: 'outcomes',
        outcomes: batch.map(([id], n): readonly [number, Outcome] => [
          id,
          outcomes[n] ?? { kind: 'bug', stack: 'no outcome' },
        ]),
      })
      sinceCheckpoint += batch.length
    }
    if (sinceCheckpoint >= settings.checkpointEvery) moveLog()
    clearTimeout(idle)
    idle = setTimeout(moveLog, idleMs)
  }

  function moveLog(): void {
    if (sinceCheckpoint === 0) return
    sinceCheckpoint = 0
    writer.checkpoint()
  }

  port.on('message', (first: ToWriter) => {
    const commands: (readonly [number, Command])[] = []
    for (let message: ToWriter | undefined = first; message; message = receive()) {
      if (message.kind === 'close') {
        if (commands.length > 0) execute(commands)
        clearTimeout(idle)
        writer.checkpoint()
        connection.close()
        reply({ kind: 'closed' })
        port.close()
        return
      }
      commands.push(...message.commands)
    }
    execute(commands)
  })

  function receive(): ToWriter | undefined {
    return port ? receiveMessageOnPort(port)?.message : undefined
  }

  reply({ kind: 'ready' })
}

const settings: WriterSettings = workerData
try {
  run(settings)
} catch (error) {
  const known = toStoreError(error, settings.dataDir)
  const problem = known?.message ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
  parentPort?.postMessage({ kind: 'failed', problem } satisfies FromWriter)
}

import { Worker } from 'node:worker_threads'

export interface CheckpointSettings {
  readonly dataDir: string
  /** Four bytes; anything but zero ends the thread. */
  readonly stop: SharedArrayBuffer
}

/**
 * Moves the write-ahead log into the database in a thread of its own, so that neither readers nor the writer wait for it. Without the
 * thread nothing is lost: the writer moves a log that has grown too long by itself. `onTrouble` is told, in one line, when it has ended by itself.
 */
export function startCheckpoints(
  threadUrl: URL,
  dataDir: string,
  onTrouble: (message: string) => void,
): { close(): Promise<void> } {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(threadUrl, {
    workerData: { dataDir, stop: stop.buffer } satisfies CheckpointSettings,
    name: 'checkpoints',
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
  })
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })
  worker.on('error', (error) =>
    onTrouble(
      `The thread that moves the write-ahead log ended (${error instanceof Error ? error.message : String(error)}). The writer does that work now, which delays some requests: restart the server when it suits you.`,
    ),
  )
  return {
    async close() {
      Atomics.store(stop, 0, 1)
      Atomics.notify(stop, 0)
      await ended
    },
  }
}

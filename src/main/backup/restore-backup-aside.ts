import { Worker } from 'node:worker_threads'
import { uninterruptibly } from '../end-process.ts'
import type { RestoreStep, Restoration, Restored } from './restore-backup.ts'
import { endOf, type ThreadReply, valueOf } from './thread-reply.ts'

export type RestoreMessage = { readonly kind: 'step'; readonly step: RestoreStep } | ThreadReply<Restored>

export interface RestoreThreadData {
  readonly input: Pick<Restoration, 'dataDir' | 'file' | 'now'>
  /** Its one number is 1 when the restoration is to end. */
  readonly stop: Int32Array
}

export function isAskedToStop(stop: Int32Array): boolean {
  return Atomics.load(stop, 0) === 1
}

interface Watch {
  /** Ends it, as long as the data have not been touched: what there is of the copy is removed, and it rejects with a `Refusal` that says so. */
  readonly signal: AbortSignal
  readonly onStep: (step: RestoreStep) => void
}

/** `restoreBackup` in a thread, for a process that is to tell how far it is and that can be asked to stop. */
export async function restoreBackupAside(
  threadUrl: URL,
  input: RestoreThreadData['input'],
  { signal, onStep }: Watch,
): Promise<Restored> {
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const ask = () => Atomics.store(stop, 0, 1)
  if (signal.aborted) ask()
  signal.addEventListener('abort', ask, { once: true })
  const data: RestoreThreadData = { input, stop }
  const worker = new Worker(threadUrl, { workerData: data, name: 'restore' })
  const reply = new Promise<ThreadReply<Restored>>((resolve) =>
    worker.on('message', (message: RestoreMessage) =>
      message.kind === 'step' ? onStep(message.step) : resolve(message),
    ),
  )
  try {
    return valueOf(await uninterruptibly(Promise.race([reply, endOf(worker)])))
  } finally {
    signal.removeEventListener('abort', ask)
  }
}

import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../administration/refusal.ts'
import { isAskedToStop, type RestoreMessage, type RestoreThreadData } from './restore-backup-aside.ts'
import { restoreBackup } from './restore-backup.ts'
import { replyOf } from './thread-reply.ts'

/** Restores one backup in a thread of its own: its steps are long calls, during which nobody could ask the process to stop. */

const { input, stop }: RestoreThreadData = workerData

function tell(message: RestoreMessage): void {
  parentPort?.postMessage(message)
}

const reply = replyOf(() =>
  restoreBackup({
    ...input,
    onStep: (step) => tell({ kind: 'step', step }),
    mayGoOn() {
      if (isAskedToStop(stop)) throw new Refusal(`Stopped: the data in ${input.dataDir} are as they were.`)
    },
  }),
)
tell(reply)

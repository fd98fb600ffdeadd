import { Worker } from 'node:worker_threads'
import { unreachable } from '../../../scim/unreachable.ts'
import { Refusal } from '../../administration/refusal.ts'
import { uninterruptibly } from '../../end-process.ts'
import type { FromPlanThread, PlanProgress, PlanTask } from './plan-task.ts'

/** How a long look at a directory is watched and ended. */
export interface Watch {
  readonly onProgress?: ((progress: PlanProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Carries out what a plan needs. Rejects with `Refusal` for what the admin can help, and with `Abandoned` when the signal ends it. */
export type RunPlanTask = (task: PlanTask, watch: Watch) => Promise<void>

/** The admin has ended it. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned'
}

/**
 * Whether the thread of a task that has been ended may work on until its call of SQLite returns: what it writes is a file that is being built,
 * without a journal, and that it cannot make anew once it is removed. A finished plan has to be as it was before. Windows removes no open file.
 */
function mayBeLeft(task: PlanTask): boolean {
  switch (task.kind) {
    case 'conversion':
    case 'undo':
      return process.platform !== 'win32'
    case 'settle':
    case 'match':
      return false
    default:
      return unreachable(task)
  }
}

/** A {@link RunPlanTask} in a thread of its own, behind the requests that come meanwhile. */
export function startPlanThread(threadUrl: URL, task: PlanTask, { onProgress, signal }: Watch): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(new Abandoned('Nothing was changed.'))
    const worker = new Worker(threadUrl, {
      workerData: task,
      name: 'plan',
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
    })
    const abandon = () => {
      worker.removeAllListeners()
      worker.on('error', () => undefined)
      const ended = uninterruptibly(worker.terminate())
      const answer = () => reject(new Abandoned('Nothing was changed.'))
      if (mayBeLeft(task)) answer()
      else void ended.then(answer)
    }
    signal?.addEventListener('abort', abandon, { once: true })
    worker.on('message', (message: FromPlanThread) => {
      if (message.kind === 'progress') onProgress?.(message.progress)
      else if (message.kind === 'done') resolve()
      else reject(message.isExpected ? new Refusal(message.problem) : new Error(message.problem))
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      signal?.removeEventListener('abort', abandon)
      reject(new Error('the thread of the plan has ended'))
    })
  })
}

import { lockHolder } from '../../main/data-dir/data-dir-lock.ts'
import type { Engine } from '../../main/engine.ts'
import type { Job } from '../../main/jobs/job.ts'
import type { CommandContext } from '../command-context.ts'
import { ReportedFailure } from '../failure.ts'
import { interruptible } from '../interruptible.ts'
import { jobLine } from './plan-progress.ts'
import { withProgress } from '../terminal/progress.ts'

/** How long a running server is left the time to take a job on, in ms. */
const serverGraceMs = 3000

/**
 * Waits for the end of a job, showing how it goes on. The server does it where one runs, otherwise this process. Ctrl+C lets go of it:
 * it goes on in the server, or waits to be resumed.
 */
export function followJob(engine: Engine, context: CommandContext, id: number): Promise<Job> {
  const hasServer = lockHolder(context.dataDir, context.now()) !== undefined
  return interruptible(async (signal) => {
    const job = await withProgress(context, (update) =>
      engine.jobs.follow(id, {
        graceMs: hasServer ? serverGraceMs : 0,
        onProgress: (now) => update(jobLine(now)),
        signal,
      }),
    )
    if (!signal.aborted) return job
    context.warn(
      hasServer
        ? `Job ${id} goes on in the server. Stop it with: rollcall jobs cancel ${id}`
        : `Job ${id} waits, with ${job.done} of ${job.total} done. Go on with: rollcall jobs resume ${id}`,
    )
    throw new ReportedFailure()
  })
}

/** Says on stderr why a job has not come to its end, and fails; does nothing for one that is done. */
export function requireDone(context: CommandContext, job: Job): void {
  if (job.state === 'done') return
  const { id, done, total } = job
  const so = `${done} of ${total} are done and stay so.`
  if (job.state === 'failed')
    context.warn(`Job ${id} failed: ${job.problem ?? ''} ${so} Go on with: rollcall jobs resume ${id}`)
  else if (job.state === 'paused') context.warn(`Job ${id} was paused: ${so} Go on with: rollcall jobs resume ${id}`)
  else context.warn(`Job ${id} was cancelled: ${so}`)
  throw new ReportedFailure()
}

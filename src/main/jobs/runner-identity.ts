import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { jsonIn } from '../../scim/json/json.ts'
import { isRunning, thisProcess } from '../data-dir/process-identity.ts'
import type { JobRow } from '../store/jobs/jobs.ts'

const runnerSchema = z.object({ pid: z.int(), host: z.string(), birth: z.string(), nonce: z.string() })

/** The text by which one runner is told from all others, and by which others see whether its process still runs. */
export function newRunnerIdentity(): string {
  return JSON.stringify({ ...thisProcess(), nonce: randomUUID() })
}

function isRunnerGone(runner: string): boolean {
  const parsed = runnerSchema.safeParse(jsonIn(runner))
  return parsed.success && isRunning(parsed.data) === false
}

/** Whether nobody works on a job that is to be worked on: it is queued, or its runner has ended or has been silent for too long. */
export function isClaimable(job: JobRow, now: number): boolean {
  if (job.state === 'queued') return true
  if (job.state !== 'running') return false
  return job.runner === null || (job.lease_until ?? 0) < now || isRunnerGone(job.runner)
}

import { z } from 'zod'
import { planCounts } from './conversions.ts'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { directorySlug } from './slug.ts'
import { streamOf, subscription } from './stream.ts'

export const jobState = z.enum(['queued', 'running', 'paused', 'cancelled', 'done', 'failed'])

/** Long work as a person sees it. */
export const job = z.object({
  id: z.int(),
  directory: z.string(),
  kind: z.enum(['convert-user-ids', 'undo-user-ids', 'other']),
  state: jobState,
  /** In whose name it was started. */
  actor: z.string(),
  /** How many items have been dealt with, of how many. */
  done: z.int(),
  total: z.int(),
  /** What came of them: `converted`, `skipped`, `failed`; of an undo `restored`, `left`. */
  counts: z.record(z.string(), z.int()),
  /** Why it failed: one line. */
  problem: z.string().nullable(),
  createdAt: moment,
  startedAt: moment.nullable(),
  endedAt: moment.nullable(),
  /** Items a second, over all the time that it was worked on. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** What the preview said. */
  planned: planCounts.nullable(),
  /** The preview that it carries out; null when another one has taken its place. */
  plan: z.string().nullable(),
  /** The job that it undoes. */
  undoes: z.int().nullable(),
})

export const jobDetail = job.extend({
  /** How many old user IDs an undo of it could give back; 0 before its end. */
  undoable: z.int(),
})

/** A user that a job has left as it was. */
export const jobRemark = z.object({
  seq: z.int(),
  id: z.string(),
  userName: z.string(),
  target: z.string().nullable(),
  outcome: z.enum(['skipped', 'failed', 'left']),
  /** A sentence. */
  reason: z.string(),
})

const id = z.int().positive()

export const jobs = {
  /** The newest jobs of a directory, newest first. */
  list: procedure
    .input(z.object({ directory: directorySlug, limit: z.int().min(1).max(200).default(100) }))
    .output(z.array(job)),
  get: procedure.input(z.object({ id })).output(jobDetail),
  /** How a job stands now, and whenever that changes, until it has ended. Opened anew, it begins with the present standing. */
  follow: procedure.input(z.object({ id, subscription })).output(streamOf(jobDetail)),
  /** Pauses, resumes or cancels a job. What is done stays done. */
  act: procedure.input(z.object({ id, act: z.enum(['pause', 'resume', 'cancel']) })).output(job),
  /** Whom a job has left as they were, and why. */
  remarks: procedure
    .input(z.object({ id, after: z.int().min(-1).default(-1), limit: z.int().min(1).max(500).default(100) }))
    .output(z.object({ items: z.array(jobRemark), next: z.int().nullable() })),
}

export type Job = z.infer<typeof job>
export type JobDetail = z.infer<typeof jobDetail>
export type JobState = z.infer<typeof jobState>
export type JobRemark = z.infer<typeof jobRemark>

import { unreachable } from '../../scim/unreachable.ts'
import type { AdministrationScope } from '../administration/administration-scope.ts'
import { Refusal } from '../administration/refusal.ts'
import type { JobRow, JobState, NewJob } from '../store/jobs/jobs.ts'
import { countsOf } from './job.ts'

/** How long a runner may be silent before another one takes its job over, in ms. Each batch begins the time anew. */
export const leaseMs = 15_000

/** One that is queued will be begun; nobody works on one that is paused, or whose runner has let it go or has been silent for too long. */
function inTheWay({ id, state, runner, lease_until: leaseUntil }: JobRow, now: number): Refusal {
  const isWorkedOn = state === 'queued' || (state === 'running' && runner !== null && (leaseUntil ?? 0) > now)
  return new Refusal(
    isWorkedOn
      ? `Job ${id} is ${state} and of the same kind. Let it end, or cancel it: rollcall jobs cancel ${id}`
      : `Job ${id} is of the same kind and waits. Go on with: rollcall jobs resume ${id}, or cancel it: rollcall jobs cancel ${id}`,
  )
}

/** Puts a new job into the queue and returns its id. Throws `Refusal` while its lane has one that has not ended. */
export function createJob(scope: AdministrationScope, job: Omit<NewJob, 'actor' | 'created_at'>): number {
  const other = scope.store.jobs.inLane(job.directory_id, job.lane)
  if (other) throw inTheWay(other, scope.now)
  return scope.store.jobs.insert({ ...job, actor: scope.actor, created_at: scope.now })
}

function knownJob(scope: AdministrationScope, id: number): JobRow {
  const job = scope.store.jobs.byId(id)
  if (!job) throw new Refusal(`There is no job ${id}. See "rollcall jobs list".`)
  return job
}

/**
 * Gives a job to a runner that found it free, or its runner gone. `from` is the runner that it saw there; where that has changed since,
 * somebody else was faster. Returns the job, or undefined.
 */
export function claimJob(
  scope: AdministrationScope,
  input: { readonly id: number; readonly runner: string; readonly from: string | null },
): JobRow | undefined {
  const job = knownJob(scope, input.id)
  if ((job.state !== 'queued' && job.state !== 'running') || job.runner !== input.from) return undefined
  scope.store.jobs.claim(job.id, input.runner, scope.now, scope.now + leaseMs)
  return scope.store.jobs.byId(job.id)
}

/** Which batch a runner wants to carry out: the one behind `position` of the job that it has. */
export interface JobStep {
  readonly id: number
  readonly runner: string
  readonly position: string | null
  /** How long the runner has worked on the job since the batch before, in ms. */
  readonly workedMs: number
}

/** What a batch has done. */
export interface BatchResult {
  /** What the next batch begins behind: JSON text. */
  readonly position: string
  /** How many items it has dealt with; it may leave the last ones for the next batch. */
  readonly processed: number
  readonly counts: Readonly<Record<string, number>>
}

/** How a step ended. `stopped`: the job is not the runner's any more, or somebody paused or cancelled it. */
export type StepOutcome =
  | { readonly kind: 'advanced'; readonly job: JobRow; readonly processed: number; readonly wasAwaited: boolean }
  | { readonly kind: 'stopped'; readonly job: JobRow }

function sum(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const result = { ...one }
  for (const [name, count] of Object.entries(other)) result[name] = (result[name] ?? 0) + count
  return result
}

/**
 * Carries out one batch and notes how far the job has come, both in the caller's transaction: after a crash either both are there or
 * neither. A batch that has been carried out already, or that is not this runner's, is left alone.
 */
export function advanceJob(
  scope: AdministrationScope,
  step: JobStep,
  carryOut: (job: JobRow) => BatchResult,
): StepOutcome {
  const job = knownJob(scope, step.id)
  if (job.state !== 'running' || job.runner !== step.runner || job.position !== step.position)
    return { kind: 'stopped', job }
  const result = carryOut(job)
  scope.store.jobs.advance(job.id, {
    position: result.position,
    done: job.done + result.processed,
    counts: JSON.stringify(sum(countsOf(job), result.counts)),
    worked_ms: job.worked_ms + Math.round(step.workedMs),
    lease_until: scope.now + leaseMs,
  })
  const after = knownJob(scope, job.id)
  return { kind: 'advanced', job: after, processed: result.processed, wasAwaited: scope.isAwaited() }
}

/** Ends a job that its runner has finished, or that cannot go on. Does nothing when it is not the runner's any more. */
export function endJob(
  scope: AdministrationScope,
  input: {
    readonly id: number
    readonly runner: string
    readonly problem: string | undefined
    /** How long the runner has worked on it since its last batch began, in ms. */
    readonly workedMs: number
  },
): JobRow {
  const job = knownJob(scope, input.id)
  if (job.state !== 'running' || job.runner !== input.runner) return job
  scope.store.jobs.addWork(job.id, Math.round(input.workedMs))
  scope.store.jobs.setState(job.id, input.problem === undefined ? 'done' : 'failed', input.problem ?? null, scope.now)
  return knownJob(scope, job.id)
}

/** What the admin can do to a job. */
export type JobAct = 'pause' | 'resume' | 'cancel'

function stateAfter(job: JobRow, act: JobAct): JobState {
  switch (act) {
    case 'pause':
      if (job.state === 'queued' || job.state === 'running') return 'paused'
      throw new Refusal(`Job ${job.id} is ${job.state} and cannot be paused.`)
    case 'resume':
      if (job.state === 'paused' || job.state === 'failed') return 'queued'
      throw new Refusal(`Job ${job.id} is ${job.state} and cannot be resumed.`)
    case 'cancel':
      if (job.state === 'queued' || job.state === 'running' || job.state === 'paused') return 'cancelled'
      throw new Refusal(`Job ${job.id} is ${job.state} already and cannot be cancelled.`)
    default:
      return unreachable(act)
  }
}

/** Pauses, resumes or cancels a job: the batch that its runner is about to do is not done any more. What is done stays done. */
export function changeJob(scope: AdministrationScope, input: { readonly id: number; readonly act: JobAct }): JobRow {
  const job = knownJob(scope, input.id)
  const state = stateAfter(job, input.act)
  const other = scope.store.jobs.inLane(job.directory_id, job.lane)
  if (input.act === 'resume' && other && other.id !== job.id)
    throw new Refusal(`Job ${other.id} is ${other.state} and of the same kind. Let it end first, or cancel it.`)
  scope.store.jobs.setState(job.id, state, null, state === 'cancelled' ? scope.now : null)
  return knownJob(scope, job.id)
}

/** Lets a job go that this process cannot work on any longer, so that another one need not wait for its silence. */
export function releaseJob(
  scope: AdministrationScope,
  input: { readonly id: number; readonly runner: string },
): JobRow {
  const job = knownJob(scope, input.id)
  if (job.state === 'running' && job.runner === input.runner) scope.store.jobs.release(job.id)
  return knownJob(scope, job.id)
}

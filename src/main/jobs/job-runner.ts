import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Administer } from '../administration/administer.ts'
import { Refusal } from '../administration/refusal.ts'
import type { JobRow } from '../store/jobs/jobs.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { StoreError } from '../store/store-error.ts'
import type { JobKind, JobWork } from './job-kind.ts'
import type { StepOutcome } from './job-rules.ts'
import { firstPace, nextPace, type Pace } from './pace.ts'
import { isClaimable, newRunnerIdentity } from './runner-identity.ts'

/** How often is looked for jobs that wait, in ms. */
const lookEveryMs = 250

/** How long a store that cannot write is waited for: after each failure twice as long, in ms. */
const firstRetryMs = 250
const longestRetryMs = 5000
const retries = 8

/**
 * So much unmoved log stops a job, in bytes, and so little lets it go on: without a pause the checkpoints never come to an end, the log
 * grows, and whoever writes next waits for it.
 */
const longLog = 16 * 1024 * 1024
const shortLog = 2 * 1024 * 1024
const logLookMs = 50
const mostLogLooks = 200
/** A log that does not get shorter for so long is held by somebody who reads from it, maybe for hours: waiting is no use then. */
const mostIdleLooks = 60

interface Parts {
  readonly reads: StoreReads
  readonly administer: Administer
  readonly kinds: readonly JobKind[]
  /** Ms since the epoch. */
  readonly clock: () => number
  /** What a job looks like after a batch, and after its end. */
  readonly onProgress: (job: JobRow) => void
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
  /** Begins to watch how busy this process is with other things; what it returns tells the share of the time since, from 0 to 1. */
  readonly watchLoad: () => () => number
}

/** Carries jobs out in this process. */
export interface JobRunner {
  /** Works on a job if nobody else does, until it ends or is taken away; resolves to how it stands then. Rejects with `StoreError`. */
  run(id: number): Promise<JobRow | undefined>
  /** Takes on every job that waits, from now on. */
  watch(): void
  /** Lets go of all jobs after the batches under way. */
  close(): Promise<void>
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function createJobRunner({
  reads,
  administer,
  kinds,
  clock,
  onProgress,
  onTrouble,
  watchLoad,
}: Parts): JobRunner {
  const runner = newRunnerIdentity()
  const running = new Map<number, Promise<unknown>>()
  const closing = new AbortController()
  let poll: NodeJS.Timeout | undefined
  let trouble: string | undefined
  /** How long the log was when waiting for it was in vain; shorter, and somebody has let go of it. */
  let heldLog = Infinity

  async function end(id: number, problem: string | undefined, workedMs: number): Promise<JobRow> {
    const job = await administer('end-job', { id, runner, problem, workedMs })
    onProgress(job)
    return job
  }

  /** Rests, holding the job. */
  function rest(ms: number): Promise<void> {
    return ms < 1 ? Promise.resolve() : pause(ms, undefined, { signal: closing.signal }).catch(() => undefined)
  }

  /** One batch. A store that cannot write for a moment, as on a full disk, is waited for. Throws `StoreError` when it stays so. */
  async function advance(work: JobWork, job: JobRow, pace: Pace, workedMs: number): Promise<StepOutcome | undefined> {
    const step = { id: job.id, runner, position: job.position, workedMs }
    for (let attempt = 0, wait = firstRetryMs; ; attempt += 1, wait = Math.min(longestRetryMs, wait * 2)) {
      try {
        return await work.advance(step, pace)
      } catch (error) {
        if (!(error instanceof StoreError) || attempt === retries || closing.signal.aborted) throw error
        await rest(wait)
      }
    }
  }

  async function untilLogIsMoved(): Promise<void> {
    let unmoved = reads.log.unmoved()
    if (unmoved < heldLog) heldLog = Infinity
    if (unmoved < longLog || unmoved >= heldLog) return
    let idle = 0
    for (let looks = 0; looks < mostLogLooks && unmoved > shortLog && !closing.signal.aborted; looks += 1) {
      await rest(logLookMs)
      const before = unmoved
      unmoved = reads.log.unmoved()
      idle = unmoved < before ? 0 : idle + 1
      if (idle < mostIdleLooks) continue
      heldLog = unmoved
      return
    }
  }

  async function workOn(work: JobWork, claimed: JobRow): Promise<JobRow> {
    let job = claimed
    let pace = firstPace
    let workedSince = performance.now()
    let loadSince = watchLoad()
    for (;;) {
      if (closing.signal.aborted) return administer('release-job', { id: job.id, runner })
      const begun = performance.now()
      const outcome = await advance(work, job, pace, begun - workedSince)
      if (!outcome) return end(job.id, undefined, performance.now() - workedSince)
      workedSince = begun
      ;({ job } = outcome)
      onProgress(job)
      if (outcome.kind === 'stopped') return job
      const { processed, wasAwaited } = outcome
      pace = nextPace(pace, { tookMs: performance.now() - begun, processed, wasAwaited, load: loadSince() })
      loadSince = watchLoad()
      await rest(pace.restMs)
      await untilLogIsMoved()
    }
  }

  async function carryOut(job: JobRow): Promise<JobRow | undefined> {
    const claimed = await administer('claim-job', { id: job.id, runner, from: job.runner })
    if (!claimed) return reads.jobs.byId(job.id)
    onProgress(claimed)
    const kind = kinds.find((each) => each.kind === job.kind)
    let work: JobWork | undefined
    try {
      if (!kind) throw new Refusal(`This version does not know how to do "${job.kind}".`)
      work = kind.open(claimed)
      return await workOn(work, claimed)
    } catch (error) {
      if (error instanceof StoreError) {
        // It cannot be noted either. Whoever looks for waiting jobs next begins where the last batch ended.
        await administer('release-job', { id: job.id, runner }).catch(() => undefined)
        throw error
      }
      if (!(error instanceof Refusal))
        onTrouble(`Job ${job.id}: ${error instanceof Error ? error.stack : String(error)}`)
      const problem = error instanceof Refusal ? error.message : `Rollcall failed: ${messageOf(error).split('\n')[0]}`
      return end(job.id, problem, 0)
    } finally {
      work?.close()
    }
  }

  function run(id: number): Promise<JobRow | undefined> {
    const job = reads.jobs.byId(id)
    if (!job || running.has(id) || !isClaimable(job, clock())) return Promise.resolve(job)
    const whenDone = carryOut(job).finally(() => running.delete(id))
    running.set(id, whenDone)
    return whenDone
  }

  function tellOnce(error: unknown): void {
    const message = messageOf(error)
    if (message !== trouble) onTrouble(`A job has to wait: ${message}`)
    trouble = message
  }

  async function takeOn(job: JobRow): Promise<void> {
    try {
      await run(job.id)
      trouble = undefined
    } catch (error) {
      tellOnce(error)
    }
  }

  function look(): void {
    try {
      for (const job of reads.jobs.unfinished()) if (!running.has(job.id) && isClaimable(job, clock())) void takeOn(job)
    } catch (error) {
      tellOnce(error)
    }
  }

  return {
    run,
    watch() {
      poll ??= setInterval(look, lookEveryMs)
    },
    async close() {
      clearInterval(poll)
      closing.abort()
      await Promise.allSettled(running.values())
    },
  }
}

import type { Job as JobView, JobDetail } from '../../contract/jobs.ts'
import { convertKind, parseConvertInput, parseUndoInput, undoKind } from '../conversion/run/job-input.ts'
import { reasonSentence } from '../conversion/reasons.ts'
import type { Engine } from '../engine.ts'
import { hasEnded, type Job } from '../jobs/job.ts'
import { api } from './api.ts'
import { creditWindow } from './streams/credit-window.ts'
import { directoryIdOf } from './rosters/directory-id.ts'
import { NotFound } from './problems/not-found.ts'
import { pause } from './streams/pause.ts'

/** How often is looked how far a job has come, in ms. */
const lookEveryMs = 200

/** What a conversion or its undo was started with. */
function startedWith(engine: Engine, job: Job): Pick<JobView, 'kind' | 'planned' | 'plan' | 'undoes'> {
  const row = engine.reads.jobs.byId(job.id)
  const present = (planId: string) => (engine.conversions.hasPlan(planId) ? planId : null)
  if (row?.kind === convertKind) {
    const { planId, planned } = parseConvertInput(row.input)
    return { kind: convertKind, planned, plan: present(planId), undoes: null }
  }
  if (row?.kind === undoKind) {
    const { planId, planned, jobId } = parseUndoInput(row.input)
    return { kind: undoKind, planned, plan: present(planId), undoes: jobId }
  }
  return { kind: 'other', planned: null, plan: null, undoes: null }
}

function jobView(engine: Engine, job: Job): JobView {
  return {
    ...startedWith(engine, job),
    id: job.id,
    directory: engine.reads.directories.all().find((each) => each.id === job.directoryId)?.slug ?? '',
    state: job.state,
    actor: job.actor,
    done: job.done,
    total: job.total,
    counts: { ...job.counts },
    problem: job.problem ?? null,
    createdAt: job.createdAt,
    startedAt: job.startedAt ?? null,
    endedAt: job.endedAt ?? null,
    rate: job.rate ?? null,
    secondsLeft: job.secondsLeft ?? null,
  }
}

async function detail(engine: Engine, job: Job): Promise<JobDetail> {
  const isUndoable = job.kind === convertKind && hasEnded(job.state)
  const undoable = isUndoable ? await engine.consoleReads.ask('old-user-ids', { job: job.id }) : 0
  return { ...jobView(engine, job), undoable }
}

function known(engine: Engine, id: number): Job {
  const job = engine.jobs.get(id)
  if (!job) throw new NotFound(`There is no job ${id}.`)
  return job
}

export const jobs = {
  list: api.jobs.list.handler(({ input, context: { parts } }) =>
    parts.engine.jobs
      .list(directoryIdOf(parts.engine, input.directory), input.limit)
      .map((each) => jobView(parts.engine, each)),
  ),
  get: api.jobs.get.handler(({ input, context: { parts } }) => detail(parts.engine, known(parts.engine, input.id))),
  follow: api.jobs.follow.handler(async function* ({ input, signal, context: { parts } }) {
    const { engine } = parts
    let job = known(engine, input.id)
    let told = ''
    yield* creditWindow<JobDetail>({
      subscription: input.subscription,
      signal,
      from: 0,
      async read(position) {
        job = known(engine, input.id)
        const item = await detail(engine, job)
        const text = JSON.stringify(item)
        if (text === told) return { items: [], position, dropped: 0 }
        told = text
        return { items: [item], position: position + 1, dropped: 0 }
      },
      untilNews: (ended) => pause(lookEveryMs, ended),
      // A failed one may be resumed.
      isOver: () => job.state === 'done' || job.state === 'cancelled',
    })
  }),
  act: api.jobs.act.handler(async ({ input, context: { parts } }) => {
    known(parts.engine, input.id)
    return jobView(parts.engine, await parts.engine.jobs.act(input.id, input.act))
  }),
  remarks: api.jobs.remarks.handler(({ input, context: { parts } }) => {
    known(parts.engine, input.id)
    const found = parts.engine.conversions.remarks(input.id, input.after, input.limit)
    return {
      items: found.map((each) => ({
        seq: each.user_seq,
        id: each.user_id,
        userName: each.user_name,
        target: each.target,
        outcome: each.outcome,
        reason: reasonSentence(each.reason),
      })),
      next: found.length < input.limit ? null : (found.at(-1)?.user_seq ?? null),
    }
  }),
}

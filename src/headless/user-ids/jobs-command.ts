import type { Command } from 'commander'
import { Refusal } from '../../main/administration/refusal.ts'
import { reasonSentence } from '../../main/conversion/reasons.ts'
import { lockHolder } from '../../main/data-dir/data-dir-lock.ts'
import type { Engine } from '../../main/engine.ts'
import type { Job } from '../../main/jobs/job.ts'
import { isoTime, moment } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'
import { followJob, requireDone } from './follow-job.ts'
import { parseCount } from '../option-values.ts'
import { jobLine } from './plan-progress.ts'
import { printable } from '../terminal/printable.ts'
import { tableLines } from '../terminal/table.ts'
import { withEngine } from '../with-engine.ts'
import { jsonText } from '../terminal/json-text.ts'

const mostListed = 100
const mostRemarks = 20

function view(job: Job) {
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    done: job.done,
    total: job.total,
    counts: job.counts,
    rate: job.rate === undefined ? null : Math.round(job.rate),
    secondsLeft: job.secondsLeft ?? null,
    problem: job.problem ?? null,
    actor: job.actor,
    createdAt: isoTime(job.createdAt),
    startedAt: isoTime(job.startedAt),
    endedAt: isoTime(job.endedAt),
  }
}

function countsText(job: Job): string {
  return Object.entries(job.counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const jobs = engine.jobs.list(directoryOf(engine, context), mostListed)
    if (context.json) return context.print(jobs.map(view))
    if (jobs.length === 0) return context.say('No jobs yet.')
    const now = context.now()
    const rows = jobs.map((job) => [
      String(job.id),
      job.kind,
      job.state,
      `${job.done} of ${job.total}`,
      countsText(job),
      moment(job.createdAt, now),
    ])
    for (const line of tableLines(['JOB', 'KIND', 'STATE', 'DONE', 'RESULT', 'CREATED'], rows)) context.say(line)
  })
}

function jobOf(engine: Engine, id: number): Job {
  const job = engine.jobs.get(id)
  if (!job) throw new Refusal(`There is no job ${id}. See "rollcall jobs list".`)
  return job
}

function* remarksOf(engine: Engine, id: number, most = Number.POSITIVE_INFINITY) {
  let count = 0
  for (let after = -1; ;) {
    const page = engine.conversions.remarks(id, after, 500)
    for (const each of page) {
      if (++count > most) return
      yield {
        id: each.user_id,
        userName: each.user_name,
        target: each.target,
        outcome: each.outcome,
        reason: each.reason,
      }
    }
    const last = page.at(-1)
    if (!last || page.length < 500) return
    after = last.user_seq
  }
}

function show(context: CommandContext, id: number): Promise<void> {
  return withEngine(context, async (engine) => {
    const job = jobOf(engine, id)
    if (context.json) {
      context.print(view(job))
      for (const each of remarksOf(engine, id)) {
        await context.stdout.write(`${jsonText(each)}\n`)
        if (context.stdout.isBroken()) return
      }
      return
    }
    const now = context.now()
    context.say(jobLine(job))
    context.say(printable(`${job.kind}, ${job.state}${job.problem === undefined ? '' : `: ${job.problem}`}`))
    context.say(`${countsText(job)}.`)
    context.say(`Created ${moment(job.createdAt, now)} by ${job.actor}, ended ${moment(job.endedAt, now)}.`)
    const remarks = [...remarksOf(engine, id, mostRemarks)]
    if (remarks.length === 0) return
    const rows = remarks.map((each) => [each.userName, each.target ?? '-', each.outcome, reasonSentence(each.reason)])
    for (const line of tableLines(['USERNAME', 'TARGET', 'OUTCOME', 'WHY'], rows)) context.say(line)
  })
}

function act(context: CommandContext, id: number, what: 'pause' | 'cancel'): Promise<void> {
  return withEngine(context, async (engine) => {
    const job = await engine.jobs.act(id, what)
    if (context.json) return context.print(view(job))
    const so = what === 'pause' ? `Go on with: rollcall jobs resume ${id}` : 'What is done stays done.'
    context.say(`Job ${id} is ${job.state}, with ${job.done} of ${job.total} done. ${so}`)
  })
}

function resume(context: CommandContext, id: number): Promise<void> {
  return withEngine(context, async (engine) => {
    const before = jobOf(engine, id)
    // One whose process was killed is still running by name, and is taken up as it is.
    if (before.state === 'paused' || before.state === 'failed') await engine.jobs.act(id, 'resume')
    else if (before.state !== 'running' && before.state !== 'queued')
      throw new Refusal(`Job ${id} is ${before.state} and cannot be resumed.`)
    else if (lockHolder(context.dataDir, context.now()))
      throw new Refusal(`Job ${id} is being worked on by the server.`)
    const job = await followJob(engine, context, id)
    if (context.json) context.print(view(job))
    else context.say(`Job ${id}: ${countsText(job)}.`)
    requireDone(context, job)
  })
}

export function addJobsCommand(program: Command, contextOf: ContextOf): void {
  const jobs = program.command('jobs').description('Long work: conversions of user IDs and their undos')
  const of = (name: string, description: string) =>
    jobs
      .command(name)
      .description(description)
      .argument('<job>', 'the number of the job', parseCount)
      .addHelpText('after', `\nExample:\n  rollcall jobs ${name} 1`)
  jobs
    .command('list')
    .description('List the newest jobs (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall jobs list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
  of('show', 'Show a job and whom it has left (--json: the job, then a line for each of them)').action(
    (id: number, _flags: unknown, command: Command) => show(contextOf(command), id),
  )
  of('pause', 'Let a job wait after the batch under way').action((id: number, _flags: unknown, command: Command) =>
    act(contextOf(command), id, 'pause'),
  )
  of('resume', 'Let a job go on where it stopped, and wait for its end').action(
    (id: number, _flags: unknown, command: Command) => resume(contextOf(command), id),
  )
  of('cancel', 'End a job; what is done stays done').action((id: number, _flags: unknown, command: Command) =>
    act(contextOf(command), id, 'cancel'),
  )
}

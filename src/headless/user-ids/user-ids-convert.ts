import type { Plan } from '../../main/conversion/plan/plans.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { includeScimConsequence } from '../../main/conversion/reasons.ts'
import type { Engine } from '../../main/engine.ts'
import type { Job } from '../../main/jobs/job.ts'
import { amount } from '../../main/text/amount.ts'
import type { CommandContext } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { directoryOf } from '../directory-of.ts'
import { followJob, requireDone } from './follow-job.ts'
import { previewCounts } from './preview-text.ts'
import { makePreview } from './user-ids-preview.ts'
import type { SourceFlags } from './user-ids-options.ts'
import { withEngine } from '../with-engine.ts'

export interface ConvertFlags extends SourceFlags, YesFlag {
  /** Carry out the preview that is there, with the decisions in it. */
  readonly previewed?: boolean
}

function lastPreview(engine: Engine, context: CommandContext): Plan {
  const plan = engine.conversions.latest(directoryOf(engine, context))
  if (!plan || plan.jobId !== undefined)
    throw new Refusal('There is no preview to carry out. Make one: rollcall user-ids preview')
  return plan
}

function question(plan: Plan): string {
  const { total, willChange, conflicts, noAddress, invalid } = previewCounts(plan.counts)
  const open = conflicts + noAddress + invalid
  const rest =
    open === 0
      ? ''
      : ` ${open} cannot be converted and ${open === 1 ? 'stays' : 'stay'} as ${open === 1 ? 'it is' : 'they are'}.`
  const includesScim = plan.head.purpose === 'conversion' && plan.head.options.includeScim
  const scim = includesScim ? ` SCIM-managed users are included. ${includeScimConsequence}` : ''
  return `Convert the user IDs of ${willChange} of ${amount(total, 'user')}?${rest}${scim}`
}

/**
 * Begins a job that carries out the last preview, or a new one that has been agreed to; returns its id. A new one that is not carried out leaves the last
 * preview with its decisions as it was.
 */
async function begin(engine: Engine, context: CommandContext, flags: ConvertFlags): Promise<number> {
  const isNew = flags.previewed !== true
  const plan = isNew ? await makePreview(engine, context, flags, true) : lastPreview(engine, context)
  try {
    if (plan.counts.converts + plan.counts.merges > 0) await confirm(context, flags, question(plan))
    return await engine.conversions.start(plan.id)
  } catch (error) {
    if (isNew) engine.conversions.drop(plan.id)
    throw error
  }
}

function resultOf(job: Job) {
  const { converted = 0, merged = 0, skipped = 0, failed = 0 } = job.counts
  return { job: job.id, converted, merged, skipped, failed }
}

/** `rollcall user-ids convert` */
export function convertUserIds(context: CommandContext, flags: ConvertFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const id = await begin(engine, context, flags)
    const job = await followJob(engine, context, id)
    const result = resultOf(job)
    if (context.json) context.print(result)
    else {
      const merges = result.merged === 0 ? '' : ` ${result.merged} merged,`
      context.say(
        `Job ${id}: ${result.converted} converted,${merges} ${result.skipped} skipped, ${result.failed} failed.`,
      )
      if (result.converted + result.merged > 0)
        context.say(
          `Take it back with: rollcall user-ids undo ${id}. Old and new user IDs: rollcall user-ids mapping --job ${id}`,
        )
    }
    requireDone(context, job)
  })
}

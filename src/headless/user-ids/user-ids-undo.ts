import type { Plan } from '../../main/conversion/plan/plans.ts'
import { reasonSentence } from '../../main/conversion/reasons.ts'
import type { Engine } from '../../main/engine.ts'
import { amount } from '../../main/text/amount.ts'
import type { CommandContext } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { directoryOf } from '../directory-of.ts'
import { followJob, requireDone } from './follow-job.ts'
import { interruptible } from '../interruptible.ts'
import { planLine } from './plan-progress.ts'
import { withProgress } from '../terminal/progress.ts'
import { tableLines } from '../terminal/table.ts'
import { withEngine } from '../with-engine.ts'

export interface UndoFlags extends YesFlag {
  readonly preview?: boolean
}

/** How many of those that are left are shown to a person. */
const shown = 20

function leftOf({ counts }: Plan): number {
  return counts.left + counts.conflict
}

function makeUndoPreview(engine: Engine, context: CommandContext, jobId: number): Promise<Plan> {
  return interruptible((signal) =>
    withProgress(context, (update) =>
      engine.conversions.previewUndo(directoryOf(engine, context), jobId, {
        onProgress: (progress) => update(planLine(progress)),
        signal,
      }),
    ),
  )
}

function sayPreview(context: CommandContext, engine: Engine, plan: Plan): void {
  const left = leftOf(plan)
  context.say(`${amount(plan.counts.converts, 'user')} will get the old user ID back; ${left} will be left.`)
  const users = (['left', 'conflict'] as const).flatMap((outcome) =>
    engine.conversions.users(plan.id, { outcome }, 0, shown),
  )
  if (users.length === 0) return
  const rows = users
    .slice(0, shown)
    .map((user) => [user.userName, user.target ?? '-', user.reason === undefined ? '' : reasonSentence(user.reason)])
  for (const line of tableLines(['USERNAME', 'HAD', 'WHY'], rows)) context.say(line)
}

/** `rollcall user-ids undo JOB` */
export function undoUserIds(context: CommandContext, jobId: number, flags: UndoFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const plan = await makeUndoPreview(engine, context, jobId)
    if (flags.preview === true) {
      if (context.json) return context.print({ job: jobId, restored: plan.counts.converts, left: leftOf(plan) })
      return sayPreview(context, engine, plan)
    }
    const left = leftOf(plan)
    const rest =
      left === 0 ? '' : ` ${left} ${left === 1 ? 'has changed since and is' : 'have changed since and are'} left.`
    if (plan.counts.converts > 0)
      await confirm(context, flags, `Give ${amount(plan.counts.converts, 'user')} the old user ID back?${rest}`)
    const id = await engine.conversions.start(plan.id)
    const job = await followJob(engine, context, id)
    const result = { job: id, restored: job.counts['restored'] ?? 0, left: job.counts['left'] ?? 0 }
    if (context.json) context.print(result)
    else context.say(`Job ${id}: ${result.restored} restored, ${result.left} left.`)
    requireDone(context, job)
  })
}

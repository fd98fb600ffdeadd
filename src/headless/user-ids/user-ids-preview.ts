import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PlannedUser } from '../../main/conversion/plan/planned-user.ts'
import { listedUserIds, soughtUserNames } from '../../main/conversion/lists/user-id-lists.ts'
import type { Plan } from '../../main/conversion/plan/plans.ts'
import type { Engine } from '../../main/engine.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { writePrivateFile } from '../../main/data-dir/private-file.ts'
import type { PlanOutcome } from '../../main/store/plan/plan-row.ts'
import { amount } from '../../main/text/amount.ts'
import type { CommandContext } from '../command-context.ts'
import { csvRecords } from '../../main/import/csv-records.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { directoryOf } from '../directory-of.ts'
import { interruptible } from '../interruptible.ts'
import { planLine } from './plan-progress.ts'
import { previewCounts, sayCounts, sayUsers } from './preview-text.ts'
import { withProgress } from '../terminal/progress.ts'
import { conversionOptionsOf, type SourceFlags } from './user-ids-options.ts'
import { withEngine } from '../with-engine.ts'
import { jsonText } from '../terminal/json-text.ts'

export interface PreviewFlags extends SourceFlags, YesFlag {
  readonly match?: string
  readonly outcome?: PlanOutcome
  readonly export?: string
}

/** How many users that are not converted are shown to a person. */
const shown = 20

const pageSize = 500

/** Makes a preview of the directory, with progress on a terminal. */
export function makePreview(
  engine: Engine,
  context: CommandContext,
  flags: SourceFlags & { readonly match?: string },
  isTrial = false,
): Promise<Plan> {
  const { csv, match } = flags
  return interruptible((signal) =>
    withProgress(context, (update) =>
      engine.conversions.preview(
        {
          directoryId: directoryOf(engine, context),
          options: conversionOptionsOf(flags),
          list: csv === undefined ? undefined : listedUserIds(csv, csvRecords(csv)),
          sought: match === undefined ? undefined : soughtUserNames(csvRecords(match)),
          isTrial,
        },
        { onProgress: (progress) => update(planLine(progress)), signal },
      ),
    ),
  )
}

function* plannedUsers(engine: Engine, plan: Plan, outcome: PlanOutcome | undefined): Generator<PlannedUser> {
  for (let after = 0; ;) {
    const page = engine.conversions.users(plan.id, { outcome }, after, pageSize)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = last.seq
  }
}

/** A planned user as one JSON line. */
function userView(user: PlannedUser) {
  return {
    id: user.id,
    userName: user.userName,
    target: user.target ?? null,
    outcome: user.outcome,
    source: user.origin ?? null,
    reason: user.reason ?? null,
    other: user.rival?.userName ?? null,
    decision: user.fix ?? null,
    decisions: user.fixes,
  }
}

/** The file is for its owner alone, since it holds personal data, and appears whole or not at all, also after Ctrl+C. */
async function writeCsv(context: CommandContext, engine: Engine, plan: Plan, flags: PreviewFlags): Promise<string> {
  const file = resolve(flags.export ?? '')
  if (existsSync(file)) await confirm(context, flags, `${file} exists already. Replace it?`)
  await interruptible(async (signal) => {
    try {
      await writePrivateFile(file, engine.conversions.csv(plan.id, { outcome: flags.outcome }), signal)
    } catch (error) {
      throw signal.aborted ? new Refusal(`Stopped: ${file} was not written.`) : error
    }
  })
  return file
}

function* troubled(engine: Engine, plan: Plan): Generator<PlannedUser> {
  for (const outcome of ['conflict', 'invalid', 'no-address'] as const) yield* plannedUsers(engine, plan, outcome)
}

/** What of a list of old and new user IDs leads nowhere. */
function warnOfUnused(context: CommandContext, engine: Engine, plan: Plan): void {
  const { count, first } = engine.conversions.unusedOfList(plan.id)
  if (count > 0)
    context.warn(
      `${amount(count, 'user ID')} of the list ${count === 1 ? 'belongs' : 'belong'} to nobody, e.g. ${first.join(', ')}.`,
    )
}

/** `rollcall user-ids preview` */
export function previewUserIds(context: CommandContext, flags: PreviewFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const plan = await makePreview(engine, context, flags)
    const file = flags.export === undefined ? undefined : await writeCsv(context, engine, plan, flags)
    if (!context.json) {
      sayCounts(context, plan)
      warnOfUnused(context, engine, plan)
      const isNarrowed = flags.outcome !== undefined
      sayUsers(
        context,
        isNarrowed ? plannedUsers(engine, plan, flags.outcome) : troubled(engine, plan),
        isNarrowed ? 1000 : shown,
      )
      if (file !== undefined) context.say(`Wrote ${file}.`)
      if (plan.counts.converts > 0) context.say('Carry it out: rollcall user-ids convert --previewed')
      return
    }
    const { match } = plan
    context.print({
      ...previewCounts(plan.counts),
      ...(match ? { match } : {}),
      ...(file === undefined ? {} : { file }),
    })
    if (flags.outcome === undefined) return
    for (const user of plannedUsers(engine, plan, flags.outcome)) {
      await context.stdout.write(`${jsonText(userView(user))}\n`)
      if (context.stdout.isBroken()) return
    }
  })
}

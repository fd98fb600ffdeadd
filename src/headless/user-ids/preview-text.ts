import type { PlannedUser } from '../../main/conversion/plan/planned-user.ts'
import type { Plan } from '../../main/conversion/plan/plans.ts'
import { plannedReason } from '../../main/conversion/reasons.ts'
import type { PlanCounts } from '../../main/store/plan/plan-meta.ts'
import { amount } from '../../main/text/amount.ts'
import type { CommandContext } from '../command-context.ts'
import { tableLines } from '../terminal/table.ts'

/** The counts as scripts rely on them. Where decisions have been made, who was chosen to stay is told as `skipped`. */
export function previewCounts(counts: PlanCounts) {
  const { converts, merges, skipped } = counts
  return {
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    willChange: converts + merges,
    alreadyAddress: counts.already,
    noAddress: counts['no-address'],
    invalid: counts.invalid,
    conflicts: counts.conflict,
    protected: counts.protected,
    ...(skipped === 0 ? {} : { skipped }),
  }
}

/** What a preview counts, for a person. */
export function sayCounts(context: CommandContext, plan: Plan): void {
  const { total, willChange, ...rest } = previewCounts(plan.counts)
  context.say(`${willChange} of ${amount(total, 'user')} will change.`)
  const names: readonly (readonly [number | undefined, string])[] = [
    [rest.alreadyAddress, 'already as wanted'],
    [rest.conflicts, 'in conflict'],
    [rest.invalid, 'with an invalid address'],
    [rest.noAddress, 'without an address'],
    [rest.protected, 'protected'],
    [rest.skipped, 'left by your decision'],
  ]
  const told = names.filter(([count]) => count !== undefined && count > 0).map(([count, name]) => `${count} ${name}`)
  if (told.length > 0) context.say(`${told.join(', ')}.`)
  const { match } = plan
  if (match)
    context.say(
      `Of the ${amount(match.sought, 'userName')} of the identity provider, ${match.linked} will be linked (${match.linkedBefore} now) and ${match.created} created anew; ${amount(match.leftBehind, 'user')} will be left behind.`,
    )
}

/** A table of the first users and why they are not converted. */
export function sayUsers(context: CommandContext, users: Iterable<PlannedUser>, most: number): void {
  const rows: string[][] = []
  let more = 0
  for (const user of users) {
    if (rows.length === most) {
      more += 1
      continue
    }
    const why = plannedReason(user) ?? ''
    const other = user.rival === undefined ? '' : ` (${(user.others ?? 0) > 1 ? 'such as ' : ''}${user.rival.userName})`
    rows.push([user.userName, user.target ?? '-', user.outcome, `${why}${other}`])
  }
  if (rows.length === 0) return
  for (const line of tableLines(['USERNAME', 'BECOMES', 'OUTCOME', 'WHY'], rows)) context.say(line)
  if (more > 0) context.say(`… and ${more} more. See all: --export FILE.csv`)
}

import { fold } from '../../scim/text/fold.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import type { Decision } from '../../main/conversion/run/decide.ts'
import type { CommandContext } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'
import { printable } from '../terminal/printable.ts'
import { UsageError } from '../usage-error.ts'
import { previewCounts } from './preview-text.ts'
import { withEngine } from '../with-engine.ts'

export interface DecideFlags {
  readonly address?: string
  readonly skip?: boolean
  readonly merge?: boolean
  readonly clear?: boolean
}

function decisionOf({ address, skip, merge, clear }: DecideFlags): Decision {
  const decisions: readonly (Decision | false)[] = [
    address === undefined ? false : { kind: 'address', target: address },
    skip === true && { kind: 'skip' },
    merge === true && { kind: 'merge' },
    clear === true && { kind: 'none' },
  ]
  const [decision, second] = decisions.filter((each) => each !== false)
  if (!decision || second) throw new UsageError('Say one of --address ADDRESS, --skip, --merge and --clear.')
  return decision
}

/** `rollcall user-ids decide WHO` */
export function decideUserId(context: CommandContext, who: string, flags: DecideFlags): Promise<void> {
  const decision = decisionOf(flags)
  return withEngine(context, async (engine) => {
    const directoryId = directoryOf(engine, context)
    const plan = engine.conversions.latest(directoryId)
    if (!plan) throw new Refusal('There is no preview yet. Make one: rollcall user-ids preview')
    const id = engine.reads.users.byUserNameKey(directoryId, fold(who))?.id ?? who
    const after = await engine.conversions.decide(plan.id, id, decision)
    const user = engine.conversions.user(plan.id, id)
    if (!user) throw new Error(`user ${id} has left the preview`)
    if (context.json)
      return context.print({
        userName: user.userName,
        target: user.target ?? null,
        outcome: user.outcome,
        reason: user.reason ?? null,
        preview: previewCounts(after.counts),
      })
    context.say(printable(`${user.userName}: ${user.outcome}${user.target === undefined ? '' : `, ${user.target}`}.`))
    const { willChange, conflicts } = previewCounts(after.counts)
    context.say(
      `${willChange} will change, ${conflicts} in conflict. Carry it out: rollcall user-ids convert --previewed`,
    )
  })
}

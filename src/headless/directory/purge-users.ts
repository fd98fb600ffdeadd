import { setImmediate as turn } from 'node:timers/promises'
import type { CommandContext } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import type { PurgedUsers } from '../../main/administration/records/purge-archived.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { amount } from '../../main/text/amount.ts'
import type { Engine } from '../../main/engine.ts'
import { interruptible } from '../interruptible.ts'
import { printable } from '../terminal/printable.ts'
import { withProgress } from '../terminal/progress.ts'
import { rosterUsers } from './roster.ts'
import { UsageError } from '../usage-error.ts'
import { halfDone } from '../half-done.ts'
import { withEngine } from '../with-engine.ts'

export interface PurgeFlags extends YesFlag {
  readonly allArchived?: boolean
}

/** Removes one archived user, or all of them, for good. */
export function purgeUsers(context: CommandContext, who: string | undefined, flags: PurgeFlags): Promise<void> {
  if ((who === undefined) === (flags.allArchived !== true))
    throw new UsageError('Name one archived user, or say --all-archived.')
  return withEngine(context, (engine) =>
    who === undefined ? purgeAll(engine, context, flags) : purgeOne(engine, context, who, flags),
  )
}

async function purgeOne(engine: Engine, context: CommandContext, who: string, flags: YesFlag): Promise<void> {
  await confirm(context, flags, `Remove "${who}" for good? This cannot be undone.`)
  const purged = await engine.administer('purge-user', { directory: context.directory, who })
  if (context.json) return context.print({ purged: [purged] })
  context.say(`Purged ${printable(purged.userName)}.`)
}

/** Users that are handed over at once; how many of them share a transaction follows from what that takes. */
const atOnce = 250

async function purgeAll(engine: Engine, context: CommandContext, flags: YesFlag): Promise<void> {
  const { directory } = context
  const ids = Array.from(rosterUsers(engine, context, true), (user) => user.id)
  if (ids.length > 0)
    await confirm(context, flags, `Remove all ${ids.length} archived users for good? This cannot be undone.`)
  const purged: PurgedUsers['purged'][number][] = []
  let [done, kept] = [0, 0]
  const purge = async (update: (line: string) => void, signal: AbortSignal) => {
    while (done < ids.length && !signal.aborted) {
      const step: PurgedUsers = await engine.administer('purge-users', {
        directory,
        ids: ids.slice(done, done + atOnce),
      })
      purged.push(...step.purged)
      done += step.done
      kept += step.kept
      update(`Purging: ${purged.length} of ${ids.length}`)
      // Nothing here waits for anything, and Ctrl+C would not be heard.
      await turn()
    }
  }
  await interruptible((signal) => withProgress(context, (update) => purge(update, signal))).catch((error: unknown) => {
    throw purged.length === 0
      ? error
      : halfDone(error, `${purged.length} of ${ids.length} users are purged; the same command purges the rest.`)
  })
  if (done < ids.length)
    throw new Refusal(`Stopped: ${purged.length} of ${amount(ids.length, 'archived user')} were removed for good.`)
  if (kept > 0)
    context.warn(
      `${amount(kept, 'archived user')} that an integration acts as ${kept === 1 ? 'stays' : 'stay'}. Choose another SCIM administrator for it first.`,
    )
  if (context.json) return context.print({ purged })
  context.say(
    ids.length === 0
      ? 'There are no archived users.'
      : purged.length === 1
        ? `Purged ${printable(purged[0]?.userName ?? '')}.`
        : `Purged ${purged.length} users.`,
  )
}

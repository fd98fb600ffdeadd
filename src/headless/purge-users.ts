import { setImmediate as turn } from 'node:timers/promises'
import type { CommandContext } from './command-context.ts'
import { confirm, type YesFlag } from './confirm.ts'
import { Refusal } from '../main/administration/refusal.ts'
import { amount } from '../main/amount.ts'
import { interruptible } from './interruptible.ts'
import { printable } from './printable.ts'
import { withProgress } from './progress.ts'
import { rosterUsers } from './roster.ts'
import { UsageError } from './usage-error.ts'
import { halfDone } from './half-done.ts'
import { withEngine } from './with-engine.ts'

export interface PurgeFlags extends YesFlag {
  readonly allArchived?: boolean
}

/** Removes one archived user, or all of them, for good. */
export function purgeUsers(context: CommandContext, who: string | undefined, flags: PurgeFlags): Promise<void> {
  if ((who === undefined) === (flags.allArchived !== true))
    throw new UsageError('Name one archived user, or say --all-archived.')
  return withEngine(context, async (engine) => {
    const ids = who === undefined ? Array.from(rosterUsers(engine, context, true), (user) => user.id) : [who]
    const meant = who === undefined ? `all ${ids.length} archived users` : `"${who}"`
    if (ids.length > 0) await confirm(context, flags, `Remove ${meant} for good? This cannot be undone.`)
    const purged: { readonly id: string; readonly userName: string }[] = []
    const purgeAll = async (update: (line: string) => void, signal: AbortSignal) => {
      for (const id of ids) {
        if (signal.aborted) return
        purged.push(await engine.administer('purge-user', { directory: context.directory, who: id }))
        update(`Purging: ${purged.length} of ${ids.length}`)
        // Nothing here waits for anything, and Ctrl+C would not be heard.
        await turn()
      }
    }
    await interruptible((signal) => withProgress(context, (update) => purgeAll(update, signal))).catch(
      (error: unknown) => {
        throw purged.length === 0
          ? error
          : halfDone(error, `${purged.length} of ${ids.length} users are purged; the same command purges the rest.`)
      },
    )
    if (purged.length < ids.length)
      throw new Refusal(`Stopped: ${purged.length} of ${amount(ids.length, 'archived user')} were removed for good.`)
    if (context.json) return context.print({ purged })
    context.say(
      purged.length === 1
        ? `Purged ${printable(purged[0]?.userName ?? '')}.`
        : purged.length === 0
          ? 'There are no archived users.'
          : `Purged ${purged.length} users.`,
    )
  })
}

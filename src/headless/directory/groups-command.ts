import type { Command } from 'commander'
import { isoTime, relativeTime } from '../../main/text/moment-text.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { purgeGroupInSteps } from '../../main/administration/records/purge-group.ts'
import { amount } from '../../main/text/amount.ts'
import { directoryOf } from '../directory-of.ts'
import { interruptible } from '../interruptible.ts'
import { printable } from '../terminal/printable.ts'
import { withProgress } from '../terminal/progress.ts'
import { tableLines } from '../terminal/table.ts'
import { withEngine } from '../with-engine.ts'

interface ListFlags {
  readonly archived?: boolean
}

function list(context: CommandContext, flags: ListFlags): Promise<void> {
  return withEngine(context, (engine) => {
    const groups = engine.reads.rosters.groups(directoryOf(engine, context), flags.archived === true)
    if (context.json)
      return context.print(
        groups.map((group) => ({
          id: group.id,
          displayName: group.display_name,
          members: group.members,
          source: group.source,
          modifiedAt: isoTime(group.modified_at),
          archivedAt: group.archived_at === null ? null : isoTime(group.archived_at),
        })),
      )
    if (groups.length === 0) return context.say(flags.archived ? 'No archived groups.' : 'No groups.')
    const rows = groups.map((group) => [
      group.display_name,
      String(group.members),
      group.source,
      relativeTime(group.archived_at ?? group.modified_at, context.now()),
      group.id,
    ])
    const moment = flags.archived ? 'ARCHIVED' : 'CHANGED'
    for (const line of tableLines(['NAME', 'MEMBERS', 'SOURCE', moment, 'ID'], rows)) context.say(line)
  })
}

function restore(context: CommandContext, which: string): Promise<void> {
  return withEngine(context, async (engine) => {
    const restored = await engine.administer('restore-group', { directory: context.directory, which })
    if (context.json) return context.print(restored)
    context.say(`Restored ${printable(restored.displayName)}, with its members.`)
  })
}

function purge(context: CommandContext, which: string, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    await confirm(context, flags, `Remove the archived group "${which}" for good? This cannot be undone.`)
    const wanted = { directory: context.directory, which }
    const purged = await interruptible((signal) =>
      withProgress(context, (update) =>
        purgeGroupInSteps(engine.administer, wanted, {
          signal,
          onStep: (members) => update(`Purging: ${amount(members, 'member')} removed`),
        }),
      ),
    )
    if (context.json) return context.print(purged)
    context.say(`Purged ${printable(purged.displayName)}.`)
  })
}

export function addGroupsCommand(program: Command, contextOf: ContextOf): void {
  const groups = program.command('groups').description('The groups of the directory')
  groups
    .command('list')
    .description('List the groups and how many members each has (--json: one array)')
    .option('--archived', 'those that were deleted and can be restored')
    .addHelpText('after', '\nExample:\n  rollcall groups list')
    .action((flags: ListFlags, command: Command) => list(contextOf(command), flags))
  groups
    .command('restore')
    .description('Bring a deleted group back, with its members')
    .argument('<which>', 'its displayName or id')
    .addHelpText('after', '\nExample:\n  rollcall groups restore Engineering')
    .action((which: string, _flags: unknown, command: Command) => restore(contextOf(command), which))
  groups
    .command('purge')
    .description('Remove a deleted group for good')
    .argument('<which>', 'its displayName or id')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall groups purge Engineering --yes')
    .action((which: string, flags: YesFlag, command: Command) => purge(contextOf(command), which, flags))
}

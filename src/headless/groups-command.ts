import type { Command } from 'commander'
import type { CommandContext, ContextOf } from './command-context.ts'
import { directoryOf } from './directory-of.ts'
import { isoTime, relativeTime } from './moment.ts'
import { tableLines } from './table.ts'
import { withEngine } from './with-engine.ts'

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const groups = engine.reads.rosters.groups(directoryOf(engine))
    if (context.json)
      return context.print(
        groups.map((group) => ({
          id: group.id,
          displayName: group.display_name,
          members: group.members,
          source: group.source,
          modifiedAt: isoTime(group.modified_at),
        })),
      )
    if (groups.length === 0) return context.say('No groups.')
    const rows = groups.map((group) => [
      group.display_name,
      String(group.members),
      group.source,
      relativeTime(group.modified_at, context.now()),
      group.id,
    ])
    for (const line of tableLines(['NAME', 'MEMBERS', 'SOURCE', 'CHANGED', 'ID'], rows)) context.say(line)
  })
}

export function addGroupsCommand(program: Command, contextOf: ContextOf): void {
  const groups = program.command('groups').description('The groups of the directory')
  groups
    .command('list')
    .description('List the groups and how many members each has (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall groups list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
}

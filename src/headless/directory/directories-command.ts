import type { Command } from 'commander'
import { kinds } from '../../main/store/resources/resource-kind.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { tableLines } from '../terminal/table.ts'
import { withEngine } from '../with-engine.ts'

function create(context: CommandContext, slug: string, name: string | undefined): Promise<void> {
  return withEngine(context, async (engine) => {
    const created = await engine.administer('create-directory', { slug, name })
    if (context.json) return context.print(created)
    context.say(`Created the directory "${created.slug}" with the local Administrator "admin".`)
    context.say(`Commands work on it with --directory ${created.slug}.`)
  })
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const { reads } = engine
    const directories = reads.directories.all().map(({ id, slug, name }) => ({
      slug,
      name,
      users: reads.lists.total(id, kinds.User),
      groups: reads.lists.total(id, kinds.Group),
      integrations: reads.integrations.all().filter((each) => each.directory_id === id).length,
    }))
    if (context.json) return context.print(directories)
    const rows = directories.map((each) => [
      each.slug,
      each.name,
      String(each.users),
      String(each.groups),
      String(each.integrations),
    ])
    for (const line of tableLines(['SLUG', 'NAME', 'USERS', 'GROUPS', 'INTEGRATIONS'], rows)) context.say(line)
  })
}

export function addDirectoriesCommand(program: Command, contextOf: ContextOf): void {
  const directories = program.command('directories').description('Sets of users and groups that share nothing')
  directories
    .command('create')
    .description('Add a directory; integrations, users and attributes are given to it with --directory')
    .argument('<slug>', 'its name on the command line')
    .option('--name <name>', 'a name for people')
    .addHelpText('after', '\nExample:\n  rollcall directories create subsidiary --name "The subsidiary"')
    .action((slug: string, flags: { readonly name?: string }, command: Command) =>
      create(contextOf(command), slug, flags.name),
    )
  directories
    .command('list')
    .description('List the directories (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall directories list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
}

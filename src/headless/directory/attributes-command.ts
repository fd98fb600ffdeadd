import { setImmediate as turn } from 'node:timers/promises'
import { Option, type Command } from 'commander'
import { customAttributeTypes, mappingName } from '../../scim/model/custom-attribute.ts'
import { directoryOf } from '../directory-of.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import type { AdministrationOutputOf } from '../../main/administration/administration.ts'
import { amount } from '../../main/text/amount.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import type { Engine } from '../../main/engine.ts'
import { halfDone } from '../half-done.ts'
import { interruptible } from '../interruptible.ts'
import { withProgress } from '../terminal/progress.ts'
import { tableLines } from '../terminal/table.ts'
import { withEngine } from '../with-engine.ts'

interface AddFlags {
  readonly type: string
  readonly multi?: boolean
  readonly urn?: string
}

interface RemoveFlags extends YesFlag {
  readonly urn?: string
}

function add(context: CommandContext, name: string, flags: AddFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const draft = {
      name,
      type: flags.type,
      multiValued: flags.multi === true,
      ...(flags.urn === undefined ? {} : { urn: flags.urn }),
    }
    const added = await engine.administer('add-attribute', { directory: context.directory, draft })
    const result = { ...added, mappingName: mappingName(added) }
    if (context.json) return context.print(result)
    context.say(`Added ${result.name}. In the IdP's attribute mapping it is called:`)
    context.say(result.mappingName)
  })
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const attributes = engine.reads.customAttributes.ofDirectory(directoryOf(engine, context)).map((row) => ({
      name: row.name,
      type: row.type,
      multiValued: row.multi_valued === 1,
      urn: row.urn,
      mappingName: mappingName(row),
      isBeingRemoved: row.removing === 1,
    }))
    if (context.json) return context.print(attributes)
    if (attributes.length === 0)
      return context.say('No custom attributes yet. Add one: rollcall attributes add costCenterCode --type string')
    const rows = attributes.map((each) => [
      each.isBeingRemoved ? `${each.name} (removal unfinished: run "rollcall attributes remove" again)` : each.name,
      each.multiValued ? `${each.type}, several` : each.type,
      each.mappingName,
    ])
    for (const line of tableLines(['NAME', 'TYPE', 'NAME IN THE IDP'], rows)) context.say(line)
  })
}

/** Takes the values out of the users; when it ends before that is done, what is left can be gone on with. */
async function removeValues(
  engine: Engine,
  context: CommandContext,
  { id, name }: { readonly id: number; readonly name: string },
  signal: AbortSignal,
  onBatch: (users: number) => void,
): Promise<number> {
  let users = 0
  let afterSeq: number | undefined = 0
  const soFar = () =>
    `${name} is out of the schema, and its values out of ${amount(users, 'user')}; the same command goes on.`
  while (afterSeq !== undefined) {
    if (signal.aborted) throw new Refusal(`Stopped: ${soFar()}`)
    const done: AdministrationOutputOf<'remove-attribute-values'> = await engine
      .administer('remove-attribute-values', { directory: context.directory, id, afterSeq })
      .catch((error: unknown) => {
        throw halfDone(error, soFar())
      })
    users += done.changed
    afterSeq = done.lastSeq
    onBatch(users)
    // Nothing here waits for anything, and Ctrl+C would not be heard.
    await turn()
  }
  return users
}

function remove(context: CommandContext, name: string, flags: RemoveFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const known = engine.reads.customAttributes
      .ofDirectory(directoryOf(engine, context))
      .some((each) => each.name.toLowerCase() === name.toLowerCase())
    // An unknown name is refused below, without a question before.
    if (known) await confirm(context, flags, `Remove the attribute "${name}" and its values from all users?`)
    const begun = await engine.administer('begin-attribute-removal', {
      directory: context.directory,
      name,
      urn: flags.urn,
    })
    const users = await interruptible((signal) =>
      withProgress(context, (update) =>
        removeValues(engine, context, begun, signal, (count) => update(`Removing ${begun.name}: ${count} users`)),
      ),
    )
    if (context.json) return context.print({ name: begun.name, urn: begun.urn, users })
    context.say(`Removed ${begun.name}, and its values from ${amount(users, 'user')}.`)
  })
}

export function addAttributesCommand(program: Command, contextOf: ContextOf): void {
  const attributes = program.command('attributes').description('Custom attributes of users')
  attributes
    .command('add')
    .description('Add a custom attribute to the User schema')
    .argument('<name>', 'its name in SCIM')
    .addOption(
      new Option('--type <type>', 'the type of its values').choices([...customAttributeTypes]).makeOptionMandatory(),
    )
    .option('--multi', 'it can have several values')
    .option('--urn <urn>', 'the extension schema it stands in (default: that of Rollcall)')
    .addHelpText('after', '\nExample:\n  rollcall attributes add badgeNumber --type integer')
    .action((name: string, flags: AddFlags, command: Command) => add(contextOf(command), name, flags))
  attributes
    .command('list')
    .description('List the custom attributes (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall attributes list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
  attributes
    .command('remove')
    .description('Remove a custom attribute and its values from all users')
    .argument('<name>', 'its name in SCIM')
    .option('--urn <urn>', 'the extension schema, where several have an attribute of that name')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall attributes remove badgeNumber --yes')
    .action((name: string, flags: RemoveFlags, command: Command) => remove(contextOf(command), name, flags))
}

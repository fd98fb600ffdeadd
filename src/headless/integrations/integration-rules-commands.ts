import type { Command } from 'commander'
import { parsePolicy, type Policy } from '../../main/directory/policy.ts'
import { unknownIntegration } from '../../main/administration/integrations/unknown-integration.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { integrationView } from './integration-view.ts'
import { printable } from '../terminal/printable.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

interface PolicyFlags {
  readonly set?: readonly string[]
}

function parseChange(text: string): { readonly name: string; readonly value: string } {
  const equals = text.indexOf('=')
  if (equals < 1)
    throw new UsageError(`"${text}" is no change of a policy. Write --set name=value, e.g. --set neverDelete=true.`)
  return { name: text.slice(0, equals), value: text.slice(equals + 1) }
}

function policy(context: CommandContext, slug: string, flags: PolicyFlags): Promise<void> {
  const changes = (flags.set ?? []).map(parseChange)
  return withEngine(context, async (engine) => {
    const show = (values: Policy) => {
      if (context.json) return context.print(values)
      for (const line of tableLines(
        ['POLICY', 'VALUE'],
        Object.entries(values).map(([name, value]) => [name, String(value)]),
      ))
        context.say(line)
    }
    if (changes.length > 0) return show(await engine.administer('set-policy', { slug, changes }))
    const row = engine.reads.integrations.bySlug(slug)
    if (!row) throw unknownIntegration(slug)
    show(parsePolicy(row.policy))
  })
}

function administrator(context: CommandContext, slug: string, userName: string): Promise<void> {
  return withEngine(context, async (engine) => {
    await engine.administer('set-administrator', { slug, userName })
    const view = integrationView(engine, slug)
    if (context.json) return context.print(view)
    context.say(`${slug} now acts as "${printable(view?.administrator ?? userName)}".`)
  })
}

/** What an integration may do, and as whom. */
export function addIntegrationRulesCommands(integrations: Command, contextOf: ContextOf): void {
  integrations
    .command('policy')
    .description('Show or change what an integration may do')
    .argument('<slug>', 'the integration')
    .option('--set <name=value>', 'change one value; may be repeated', (value, all: readonly string[] | undefined) => [
      ...(all ?? []),
      value,
    ])
    .addHelpText(
      'after',
      '\nExample:\n  rollcall integrations policy entra-id --set neverDelete=true --set groups=false',
    )
    .action((slug: string, flags: PolicyFlags, command: Command) => policy(contextOf(command), slug, flags))
  integrations
    .command('administrator')
    .description('Choose the local user that an integration acts as: an Administrator or User Manager')
    .argument('<slug>', 'the integration')
    .argument('<username>', 'the user')
    .addHelpText('after', '\nExample:\n  rollcall integrations administrator entra-id admin')
    .action((slug: string, userName: string, _flags: unknown, command: Command) =>
      administrator(contextOf(command), slug, userName),
    )
}

import type { Command } from 'commander'
import { mainDirectory } from '../main/administration/initialise.ts'
import type { CommandContext } from './command-context.ts'
import { withEngine } from './with-engine.ts'

interface CreateFlags {
  readonly name: string
  readonly idp: string
  readonly slug?: string
}

async function create(context: CommandContext, flags: CreateFlags): Promise<void> {
  await withEngine(context, async (engine) => {
    const created = await engine.tokens.createIntegration({
      directory: mainDirectory,
      name: flags.name,
      idp: flags.idp,
      slug: flags.slug,
    })
    const result = { id: created.id, slug: created.slug, scimUrl: engine.scimUrl(created.slug), token: created.token.reveal() }
    if (context.json) return context.print(result)
    context.say(`SCIM URL  ${result.scimUrl}`)
    context.say(`Token     ${result.token}`)
    context.say('The token is shown this once. Copy it now.')
  })
}

export function addIntegrationsCommand(program: Command, contextOf: (command: Command) => CommandContext): void {
  const integrations = program.command('integrations').description('Connections of identity providers')
  integrations
    .command('create')
    .requiredOption('--name <name>', 'a name for people')
    .requiredOption('--idp <idp>', 'entra, okta, onelogin, jumpcloud, ping, google or generic')
    .option('--slug <slug>', 'its part of the SCIM URL (default: made of the name)')
    .action((flags: CreateFlags, command: Command) => create(contextOf(command), flags))
}

import { Argument, Option, type Command } from 'commander'
import { amount } from '../../main/text/amount.ts'
import { hasAddressFor } from '../../main/api/address-for-idp.ts'
import { relativeTime } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { integrationView, integrationViews } from './integration-view.ts'
import { addIntegrationRemovalCommands } from './integration-removal-commands.ts'
import { addIntegrationRulesCommands } from './integration-rules-commands.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

/** The IdPs that an integration can be made for; each has a setup guide. */
const offeredIdps = ['entra', 'okta', 'onelogin', 'jumpcloud', 'ping', 'google', 'generic']

interface CreateFlags {
  readonly name: string
  readonly idp: string
  readonly slug?: string
}

function create(context: CommandContext, flags: CreateFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const created = await engine.tokens.createIntegration({
      directory: context.directory,
      name: flags.name,
      idp: flags.idp,
      slug: flags.slug,
    })
    const result = {
      id: created.id,
      slug: created.slug,
      scimUrl: engine.scimUrl(created.slug),
      token: created.token.reveal(),
    }
    if (context.json) return context.print(result)
    context.say(`SCIM URL  ${result.scimUrl}`)
    context.say(`Token     ${result.token}`)
    context.say('The token is shown this once. Copy it now.')
    if (!hasAddressFor(engine, flags.idp))
      context.say(
        'The identity provider is in the cloud and cannot reach an address of this machine. Once there is a public one (docs/operating.md): rollcall settings set public-url https://scim.example.com',
      )
  })
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const views = integrationViews(engine)
    if (context.json) return context.print(views)
    if (views.length === 0)
      return context.say('No integrations yet. Create one: rollcall integrations create --name "Entra ID" --idp entra')
    const rows = views.map((each) => [
      each.slug,
      each.name,
      each.idp,
      each.administratorProblem === null ? each.state : `${each.state}, ${each.administrator} cannot act`,
      each.lastUsedAt === null ? 'never used' : relativeTime(Date.parse(each.lastUsedAt), context.now()),
      each.scimUrl,
    ])
    for (const line of tableLines(['SLUG', 'NAME', 'IDP', 'STATE', 'TOKEN USED', 'SCIM URL'], rows)) context.say(line)
  })
}

type State = 'enabled' | 'disabled' | 'paused' | 'resumed'

function setState(context: CommandContext, slug: string, state: State): Promise<void> {
  return withEngine(context, async (engine) => {
    await engine.administer('set-integration-state', { slug, state })
    const view = integrationView(engine, slug)
    if (context.json) return context.print(view)
    context.say(`${slug} is ${state === 'resumed' || state === 'enabled' ? `now ${view?.state ?? state}` : state}.`)
  })
}

/** Pauses or resumes every integration at once. */
function setAll(context: CommandContext, state: 'paused' | 'resumed'): Promise<void> {
  return withEngine(context, async (engine) => {
    const { changed } =
      state === 'paused'
        ? await engine.administer('pause-all', undefined)
        : await engine.administer('resume-all', { isEvery: false })
    if (context.json) return context.print({ changed })
    context.say(
      `${amount(changed, 'integration is', 'integrations are')} ${state === 'paused' ? 'paused' : 'enabled again'}.`,
    )
  })
}

interface StateFlags {
  readonly all?: boolean
}

function changeState(
  context: CommandContext,
  slug: string | undefined,
  state: State,
  flags: StateFlags,
): Promise<void> {
  if (slug !== undefined && flags.all !== true) return setState(context, slug, state)
  if (slug === undefined && flags.all === true && (state === 'paused' || state === 'resumed'))
    return setAll(context, state)
  throw new UsageError('Name one integration, or give --all.')
}

const states: readonly (readonly [name: string, state: State, description: string])[] = [
  ['disable', 'disabled', 'Refuse every request of an integration with 403'],
  ['enable', 'enabled', 'Let a disabled integration work again'],
  ['pause', 'paused', 'Answer 503 with Retry-After: the IdP comes back by itself'],
  ['resume', 'resumed', 'End a pause'],
]

export function addIntegrationsCommand(program: Command, contextOf: ContextOf): void {
  const integrations = program.command('integrations').description('Connections of identity providers')
  integrations
    .command('create')
    .description('Create an integration and show its SCIM URL and token')
    .requiredOption('--name <name>', 'a name for people')
    .addOption(new Option('--idp <idp>', 'whose requests are expected').choices(offeredIdps).makeOptionMandatory())
    .option('--slug <slug>', 'its part of the SCIM URL (default: made of the name)')
    .addHelpText('after', '\nExample:\n  rollcall integrations create --name "Entra ID" --idp entra')
    .action((flags: CreateFlags, command: Command) => create(contextOf(command), flags))
  integrations
    .command('list')
    .description('List the integrations (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall integrations list --json')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
  for (const [name, state, description] of states) {
    const hasAll = state === 'paused' || state === 'resumed'
    const command = integrations
      .command(name)
      .description(description)
      .addArgument(new Argument(hasAll ? '[slug]' : '<slug>', 'the integration'))
      .addHelpText('after', `\nExample:\n  rollcall integrations ${name} entra-id`)
      .action((slug: string | undefined, flags: StateFlags, own: Command) =>
        changeState(contextOf(own), slug, state, flags),
      )
    if (hasAll) command.option('--all', state === 'paused' ? 'every integration' : 'those that were paused with --all')
  }
  addIntegrationRulesCommands(integrations, contextOf)
  addIntegrationRemovalCommands(integrations, contextOf)
}

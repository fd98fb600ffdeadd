import type { Command } from 'commander'
import { deletionProblem } from '../../main/administration/integrations/delete-integration.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { unknownIntegration } from '../../main/administration/integrations/unknown-integration.ts'
import type { ManagedCount } from '../../main/store/resources/managed-records.ts'
import { amount } from '../../main/text/amount.ts'
import { relativeTime } from '../../main/text/moment-text.ts'
import type { TokenRow } from '../../main/store/configuration/tokens.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { integrationView } from './integration-view.ts'
import { withEngine } from '../with-engine.ts'

interface RenameFlags {
  readonly name: string
}

function rename(context: CommandContext, slug: string, flags: RenameFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const renamed = await engine.administer('rename-integration', { slug, name: flags.name })
    if (context.json) return context.print(integrationView(engine, slug))
    context.say(`${slug} is now called "${renamed.name}". Its SCIM URL stays ${engine.scimUrl(slug)}`)
  })
}

function managedText({ users, groups, archivedUsers, archivedGroups }: ManagedCount): string {
  const archived = archivedUsers + archivedGroups
  const present = `${amount(users, 'user', 'users')} and ${amount(groups, 'group', 'groups')}`
  return archived === 0 ? present : `${present} (and ${archived} archived)`
}

function tokenText(token: TokenRow | undefined, now: number): string {
  if (token === undefined) return 'It has no token in use.'
  const used = token.last_used_at === null ? 'was never used' : `was last used ${relativeTime(token.last_used_at, now)}`
  return `Its token ${used} and is refused from then on.`
}

function deletion(context: CommandContext, slug: string, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    const row = engine.reads.integrations.bySlug(slug)
    if (!row) throw unknownIntegration(slug)
    const problem = deletionProblem(engine.reads, row)
    if (problem !== undefined) throw new Refusal(problem)
    const managed = engine.reads.managed.count(row.directory_id, row.id)
    const token = engine.reads.tokens.ofIntegration(row.id).find((each) => each.state === 'active')
    await confirm(
      context,
      flags,
      `Delete "${slug}"? ${tokenText(token, context.now())} ${managedText(managed)} stay and become local. This cannot be undone.`,
    )
    const { released, voided } = await engine.tokens.deleteIntegration(slug)
    if (context.json) return context.print({ slug, ...released, tokens: voided.length })
    context.say(`${slug} is deleted. ${managedText(released)} stay and are local now.`)
  })
}

/** Another name, and the end of an integration. */
export function addIntegrationRemovalCommands(integrations: Command, contextOf: ContextOf): void {
  integrations
    .command('rename')
    .description('Give an integration another name; its slug and its SCIM URL stay')
    .argument('<slug>', 'the integration')
    .requiredOption('--name <name>', 'a name for people')
    .addHelpText('after', '\nExample:\n  rollcall integrations rename entra-id --name "Entra ID production"')
    .action((slug: string, flags: RenameFlags, command: Command) => rename(contextOf(command), slug, flags))
  integrations
    .command('delete')
    .description('Delete an integration and its tokens; the people and groups it manages stay and become local')
    .argument('<slug>', 'the integration')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall integrations delete entra-id --yes')
    .action((slug: string, flags: YesFlag, command: Command) => deletion(contextOf(command), slug, flags))
}

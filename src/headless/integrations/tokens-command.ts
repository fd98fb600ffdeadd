import type { Command } from 'commander'
import { unknownIntegration } from '../../main/administration/integrations/unknown-integration.ts'
import { isoTime, moment } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { parseDuration } from '../duration.ts'
import { tableLines } from '../terminal/table.ts'
import { withEngine } from '../with-engine.ts'

interface RotateFlags {
  readonly overlap?: number
  readonly expires?: number
}

function rotate(context: CommandContext, slug: string, flags: RotateFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const expiresAt = flags.expires === undefined ? null : context.now() + flags.expires
    const issued = await engine.tokens.rotate(slug, flags.overlap ?? 0, expiresAt)
    const { overlapUntil } = issued
    if (context.json)
      return context.print({
        slug,
        prefix: issued.prefix,
        token: issued.token.reveal(),
        overlapUntil: isoTime(overlapUntil),
        expiresAt: isoTime(expiresAt),
      })
    context.say(`Token    ${issued.token.reveal()}`)
    if (expiresAt !== null) context.say(`Expires  ${moment(expiresAt, context.now())}`)
    if (overlapUntil === null) context.say('The token before it is void from now on.')
    else
      context.say(
        `The token before it works until the new one is first used, and until ${moment(overlapUntil, context.now())} at most.`,
      )
    context.say('The token is shown this once. Copy it now.')
  })
}

function revoke(context: CommandContext, slug: string, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    if (!engine.reads.integrations.bySlug(slug)) throw unknownIntegration(slug)
    await confirm(context, flags, `Void every token of "${slug}"? Its IdP gets 401 until it has a new one.`)
    const revoked = await engine.tokens.revoke(slug)
    if (context.json) return context.print({ slug, revoked })
    context.say(
      `${revoked} ${revoked === 1 ? 'token is' : 'tokens are'} void. Issue a new one: rollcall tokens rotate ${slug}`,
    )
  })
}

function list(context: CommandContext, slug: string): Promise<void> {
  return withEngine(context, (engine) => {
    const integration = engine.reads.integrations.bySlug(slug)
    if (!integration) throw unknownIntegration(slug)
    const now = context.now()
    const tokens = engine.reads.tokens.ofIntegration(integration.id).map((token) => {
      const end = Math.min(
        token.expires_at ?? Infinity,
        token.state === 'retiring' ? (token.retires_at ?? Infinity) : Infinity,
      )
      return { ...token, shownState: token.state !== 'void' && end <= now ? 'expired' : token.state }
    })
    if (context.json)
      return context.print(
        tokens.map((token) => ({
          prefix: token.prefix,
          state: token.shownState,
          createdAt: isoTime(token.created_at),
          firstUsedAt: isoTime(token.first_used_at),
          lastUsedAt: isoTime(token.last_used_at),
          expiresAt: isoTime(token.expires_at),
          overlapUntil: isoTime(token.retires_at),
          voidedAt: isoTime(token.voided_at),
        })),
      )
    const rows = tokens.map((token) => [
      `${token.prefix}…`,
      token.shownState,
      moment(token.created_at, now),
      moment(token.last_used_at, now),
      moment(token.state === 'retiring' ? token.retires_at : token.expires_at, now),
    ])
    for (const line of tableLines(['TOKEN', 'STATE', 'CREATED', 'LAST USED', 'ENDS'], rows)) context.say(line)
  })
}

export function addTokensCommand(program: Command, contextOf: ContextOf): void {
  const tokens = program.command('tokens').description('The tokens by which identity providers sign in')
  tokens
    .command('rotate')
    .description('Issue a new token; the old one is void at once, or after an overlap')
    .argument('<slug>', 'the integration')
    .option('--overlap <time>', 'how long the old token works on at most, e.g. 30m, 24h, 7d', parseDuration)
    .option('--expires <time>', 'after what time the new token ends by itself, e.g. 90d', parseDuration)
    .addHelpText('after', '\nExample:\n  rollcall tokens rotate entra-id --overlap 24h --expires 180d')
    .action((slug: string, flags: RotateFlags, command: Command) => rotate(contextOf(command), slug, flags))
  tokens
    .command('revoke')
    .description('Void every token of an integration')
    .argument('<slug>', 'the integration')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall tokens revoke entra-id --yes')
    .action((slug: string, flags: YesFlag, command: Command) => revoke(contextOf(command), slug, flags))
  tokens
    .command('list')
    .description('List the tokens of an integration by their prefixes (--json: one array)')
    .argument('<slug>', 'the integration')
    .addHelpText('after', '\nExample:\n  rollcall tokens list entra-id')
    .action((slug: string, _flags: unknown, command: Command) => list(contextOf(command), slug))
}

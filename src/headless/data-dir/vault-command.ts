import { Argument, type Command } from 'commander'
import type { VaultKind } from '../../main/vault/vault.ts'
import { amount } from '../../main/text/amount.ts'
import { isoTime, moment } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { withEngine } from '../with-engine.ts'

function status(context: CommandContext): Promise<void> {
  return withEngine(context, async (engine) => {
    const { kind, why, vault } = await engine.vault()
    await vault.check()
    const [since, secrets] = [engine.vaultService.since(), engine.vaultService.size()]
    if (context.json) return context.print({ kind, why, since: isoTime(since), secrets })
    context.say(`${kind}, with ${amount(secrets, 'secret')}. ${why}`)
    if (since !== undefined) context.say(`In use since ${moment(since, context.now())}.`)
  })
}

function test(context: CommandContext): Promise<void> {
  return withEngine(context, async (engine) => {
    const { kind, tookMs } = await engine.vaultService.test()
    if (context.json) return context.print({ kind, tookMs: Math.round(tookMs) })
    context.say(`The ${kind} took a secret, gave it back and removed it, in ${Math.round(tookMs)} ms.`)
  })
}

function move(context: CommandContext, to: VaultKind, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    await confirm(
      context,
      flags,
      `Move ${amount(engine.vaultService.size(), 'secret')} to the ${to} and remove them where they are?`,
    )
    const { secrets, leftover } = await engine.vaultService.move(to)
    if (leftover !== undefined)
      context.warn(`The old ones could not be removed yet: ${leftover} The next start tries again.`)
    if (context.json) return context.print({ kind: to, secrets, leftover: leftover ?? null })
    context.say(`${amount(secrets, 'secret is', 'secrets are')} in the ${to} now.`)
  })
}

export function addVaultCommand(program: Command, contextOf: ContextOf): void {
  const vault = program.command('vault').description('Where secrets are kept: tokens as hashes, passwords')
  vault
    .command('status')
    .description('Which vault is in use, and since when')
    .addHelpText('after', '\nExample:\n  rollcall vault status')
    .action((_flags: unknown, command: Command) => status(contextOf(command)))
  vault
    .command('test')
    .description('Write, read and remove a secret')
    .addHelpText('after', '\nExample:\n  rollcall vault test')
    .action((_flags: unknown, command: Command) => test(contextOf(command)))
  vault
    .command('move')
    .description('Move every secret into the other vault, also while the server runs')
    .addArgument(new Argument('<kind>', 'where to').choices(['keychain', 'file']))
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
The secrets are copied and compared first; from one moment on the new vault is in use; then the old ones are removed. Ended half-way, nothing
is lost.

Example:
  rollcall vault move keychain --yes`,
    )
    .action((to: VaultKind, flags: YesFlag, command: Command) => move(contextOf(command), to, flags))
}

import { readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { smtpSecurities, type SmtpSecurity } from '../../main/notify/mail/smtp-settings.ts'
import type { ShownSmtp } from '../../main/notify/admin/mail-admin.ts'
import type { Engine } from '../../main/engine.ts'
import { errorCode } from '../../main/error-code.ts'
import type { DeliveryOutcome } from '../../main/notify/delivery.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { notEmpty, parsePort } from '../option-values.ts'
import { readSecret } from '../terminal/read-secret.ts'
import { withEngine } from '../with-engine.ts'

interface SetFlags {
  readonly host: string
  readonly port?: number
  readonly security: SmtpSecurity
  readonly user?: string
  readonly from: string
  readonly ca?: string
  readonly passwordStdin?: boolean
}

const ports: { readonly [security in SmtpSecurity]: number } = { starttls: 587, tls: 465, none: 25 }

function say(context: CommandContext, smtp: ShownSmtp): void {
  context.say(`Server    ${smtp.host}:${smtp.port}, ${smtp.security === 'none' ? 'not encrypted' : smtp.security}`)
  context.say(`Sender    ${smtp.from}`)
  context.say(`Signs in  ${smtp.user === undefined ? 'no' : `as ${smtp.user}`}`)
  if (smtp.security !== 'none')
    context.say(`Trusts    ${smtp.hasCa ? 'the authority given with --ca' : 'what this machine trusts'}`)
}

/** Says what is missing where mail is meant to go out and cannot. Returns whether something is. */
export function saidThatMailIsMissing(context: CommandContext, engine: Engine): boolean {
  if (engine.notify.mail.show() !== undefined) return false
  context.say('Mail is not set up. Set it up: rollcall notify smtp set')
  return true
}

/** A file given on the command line. Throws `Refusal` when it cannot be read. */
export function readTextFile(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = errorCode(error) === 'ENOENT'
    throw new Refusal(
      `The ${what} ${file} ${isMissing ? 'does not exist' : 'cannot be read. Check that it is a file, and its permissions'}.`,
    )
  }
}

function set(context: CommandContext, flags: SetFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const password =
      flags.user === undefined
        ? undefined
        : await readSecret(context, {
            what: `Password of ${flags.user} at ${flags.host}`,
            variable: 'ROLLCALL_SMTP_PASSWORD',
            fromStdin: flags.passwordStdin === true,
            option: '--password-stdin',
          })
    const before = engine.notify.mail.show()
    if (flags.user !== undefined && password === undefined && !(before?.hasPassword && before.user === flags.user))
      throw new Refusal('A user needs a password: give it by --password-stdin or ROLLCALL_SMTP_PASSWORD.')
    const smtp = await engine.notify.mail.set(
      {
        host: flags.host,
        port: flags.port ?? ports[flags.security],
        security: flags.security,
        from: flags.from,
        ...(flags.user === undefined ? {} : { user: flags.user }),
        ...(flags.ca === undefined ? {} : { ca: readTextFile(flags.ca, 'certificate') }),
      },
      password,
    )
    if (context.json) return context.print(smtp)
    say(context, smtp)
    context.say('Try it: rollcall notify smtp test --to YOU@EXAMPLE.COM')
  })
}

function show(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const smtp = engine.notify.mail.show()
    if (context.json) return context.print(smtp ?? null)
    if (smtp === undefined) return void saidThatMailIsMissing(context, engine)
    say(context, smtp)
  })
}

function remove(context: CommandContext, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    await confirm(context, flags, 'Send no mail any more, and forget the password?')
    await engine.notify.mail.remove()
    if (context.json) return context.print(null)
    context.say('Mail is no longer set up.')
  })
}

/** Says how an attempt that was made at once has ended. Throws `Refusal` when it failed. */
export function sayOutcome(context: CommandContext, outcome: DeliveryOutcome, to: string): void {
  if (outcome.kind !== 'delivered') throw new Refusal(outcome.problem)
  if (context.json) return context.print({ delivered: true, to })
  context.say(`It was taken for ${to}.`)
}

function test(context: CommandContext, flags: { readonly to: string }): Promise<void> {
  return withEngine(context, async (engine) => sayOutcome(context, await engine.notify.mail.send(flags.to), flags.to))
}

export function addNotifySmtpCommands(notify: Command, contextOf: ContextOf): void {
  const smtp = notify.command('smtp').description('The mail server by which notifications are sent')
  smtp
    .command('set')
    .description('Set the mail server; a running server uses it within a second')
    .requiredOption('--host <host>', 'name or address of the mail server')
    .option('--port <number>', 'its port (default: 587 with starttls, 465 with tls)', parsePort)
    .addOption(
      new Option('--security <kind>', 'none is allowed on this machine only')
        .choices(smtpSecurities)
        .default('starttls'),
    )
    .option('--user <name>', 'the user to sign in as')
    .option('--password-stdin', 'read the password from stdin (or set ROLLCALL_SMTP_PASSWORD, or be asked)')
    .requiredOption('--from <address>', 'the sender, e.g. "Rollcall <rollcall@example.com>"')
    .option(
      '--ca <file>',
      'PEM of the authority that signed the certificate of the mail server, where it is not a public one',
      notEmpty,
    )
    .addHelpText(
      'after',
      `
The password is kept in the vault, and stays where the user does. Everything else is as it is given here: what is
left out, such as --ca, has its default again.

Example:
  rollcall notify smtp set --host smtp.example.com --user rollcall --from rollcall@example.com --password-stdin < password`,
    )
    .action((flags: SetFlags, command: Command) => set(contextOf(command), flags))
  smtp
    .command('show')
    .description('Show the mail server, without the password')
    .addHelpText('after', '\nExample:\n  rollcall notify smtp show')
    .action((_flags: unknown, command: Command) => show(contextOf(command)))
  smtp
    .command('test')
    .description('Send a test mail now; the exit status is 1 when it is not taken')
    .requiredOption('--to <address>', 'to whom')
    .addHelpText('after', '\nExample:\n  rollcall notify smtp test --to ops@example.com')
    .action((flags: { readonly to: string }, command: Command) => test(contextOf(command), flags))
  smtp
    .command('remove')
    .description('Send no mail any more')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall notify smtp remove --yes')
    .action((flags: YesFlag, command: Command) => remove(contextOf(command), flags))
}

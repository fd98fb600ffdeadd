import type { Command } from 'commander'
import type { Welcome } from '../../main/notify/admin/welcome-admin.ts'
import { placeholders } from '../../main/notify/welcome/welcome-template.ts'
import type { Engine } from '../../main/engine.ts'
import { isoTime } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { readTextFile, saidThatMailIsMissing, sayOutcome } from './notify-smtp-commands.ts'
import { notEmpty } from '../option-values.ts'
import { printable } from '../terminal/printable.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

interface SetFlags {
  readonly subject?: string
  readonly text?: string
  readonly html?: string | false
}

interface UserFlag {
  readonly user?: string
}

function view(slug: string, { isEnabled, enabledSince, template }: Welcome) {
  return { slug, isEnabled, enabledSince: isoTime(enabledSince), ...template, html: template.html ?? null }
}

function say(context: CommandContext, engine: Engine, slug: string, welcome: Welcome): void {
  if (context.json) return context.print(view(slug, welcome))
  context.say(
    welcome.isEnabled
      ? `Whom ${slug} creates gets a welcome mail.`
      : `Nobody gets a welcome mail. Switch it on: rollcall notify welcome on ${slug}`,
  )
  if (welcome.isEnabled) saidThatMailIsMissing(context, engine)
  context.say(`Subject: ${welcome.template.subject}`)
  context.say('')
  for (const line of welcome.template.text.split('\n')) context.say(printable(line))
  // Most programs for mail show that part alone, and it stays as it is when the text is changed.
  if (welcome.template.html !== undefined) {
    context.say('')
    context.say(`An HTML part goes along (--json shows it). Without it: rollcall notify welcome set ${slug} --no-html`)
  }
}

function show(context: CommandContext, slug: string): Promise<void> {
  return withEngine(context, (engine) => say(context, engine, slug, engine.notify.welcome.show(slug)))
}

function set(context: CommandContext, slug: string, flags: SetFlags): Promise<void> {
  const changes = {
    ...(flags.subject === undefined ? {} : { subject: flags.subject }),
    ...(flags.text === undefined ? {} : { text: readTextFile(flags.text, 'text') }),
    ...(flags.html === undefined ? {} : { html: flags.html === false ? undefined : readTextFile(flags.html, 'HTML') }),
  }
  if (Object.keys(changes).length === 0)
    throw new UsageError('Say what is to change: --subject, --text, --html or --no-html.')
  return withEngine(context, async (engine) =>
    say(context, engine, slug, await engine.notify.welcome.set(slug, changes)),
  )
}

function switchTo(context: CommandContext, slug: string, isEnabled: boolean, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    const before = engine.notify.welcome.show(slug)
    if (isEnabled && !before.isEnabled)
      await confirm(context, flags, `Send a welcome mail to everybody whom "${slug}" creates from now on?`)
    say(context, engine, slug, await engine.notify.welcome.set(slug, { isEnabled }))
  })
}

function preview(context: CommandContext, slug: string, flags: UserFlag): Promise<void> {
  return withEngine(context, (engine) => {
    const mail = engine.notify.welcome.preview(slug, flags.user)
    if (context.json) return context.print({ ...mail, html: mail.html ?? null })
    context.say(`Subject: ${printable(mail.subject)}`)
    context.say('')
    for (const line of mail.text.split('\n')) context.say(printable(line))
  })
}

function test(context: CommandContext, slug: string, flags: UserFlag & { readonly to: string }): Promise<void> {
  return withEngine(context, async (engine) =>
    sayOutcome(context, await engine.notify.welcome.test(slug, flags.to, flags.user), flags.to),
  )
}

export function addNotifyWelcomeCommands(notify: Command, contextOf: ContextOf): void {
  const welcome = notify
    .command('welcome')
    .description('The mail to people whom an integration creates; off until switched on')
  welcome
    .command('show')
    .description('Show the template and whether it is on')
    .argument('<slug>', 'the integration')
    .addHelpText('after', '\nExample:\n  rollcall notify welcome show entra-id')
    .action((slug: string, _flags: unknown, command: Command) => show(contextOf(command), slug))
  welcome
    .command('set')
    .description('Change the template')
    .argument('<slug>', 'the integration')
    .option('--subject <text>', 'the subject')
    .option('--text <file>', 'a file with the text', notEmpty)
    .option('--html <file>', 'a file with the same as HTML', notEmpty)
    .option('--no-html', 'as text alone')
    .addHelpText(
      'after',
      `
Placeholders: ${placeholders.map((each) => `{{${each}}}`).join(' ')}

Example:
  rollcall notify welcome set entra-id --subject "Welcome, {{givenName}}" --text welcome.txt`,
    )
    .action((slug: string, flags: SetFlags, command: Command) => set(contextOf(command), slug, flags))
  for (const isEnabled of [true, false])
    welcome
      .command(isEnabled ? 'on' : 'off')
      .description(isEnabled ? 'Send it to everybody who is created from now on, once' : 'Send it to nobody any more')
      .argument('<slug>', 'the integration')
      .option('--yes', 'do not ask')
      .addHelpText('after', `\nExample:\n  rollcall notify welcome ${isEnabled ? 'on' : 'off'} entra-id --yes`)
      .action((slug: string, flags: YesFlag, command: Command) => switchTo(contextOf(command), slug, isEnabled, flags))
  welcome
    .command('preview')
    .description('Show the mail as somebody would get it')
    .argument('<slug>', 'the integration')
    .option('--user <userName>', 'for this user (default: an invented person)')
    .addHelpText('after', '\nExample:\n  rollcall notify welcome preview entra-id --user ada@example.com')
    .action((slug: string, flags: UserFlag, command: Command) => preview(contextOf(command), slug, flags))
  welcome
    .command('test')
    .description('Send the preview to an address now')
    .argument('<slug>', 'the integration')
    .requiredOption('--to <address>', 'to whom')
    .option('--user <userName>', 'as for this user')
    .addHelpText('after', '\nExample:\n  rollcall notify welcome test entra-id --to me@example.com')
    .action((slug: string, flags: UserFlag & { readonly to: string }, command: Command) =>
      test(contextOf(command), slug, flags),
    )
}

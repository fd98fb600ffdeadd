import { Argument, InvalidArgumentError, type Command } from 'commander'
import { Refusal } from '../../main/administration/refusal.ts'
import type { Digest, NotifySettings } from '../../main/notify/notify-settings.ts'
import { defaultRules, type Rule, type RuleId } from '../../main/notify/rule.ts'
import { isSameAddress, type RuleSwitches } from '../../main/notify/admin/rules-admin.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { saidThatMailIsMissing } from './notify-smtp-commands.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

interface RuleFlags {
  readonly on?: boolean
  readonly off?: boolean
  readonly mail?: boolean
  readonly desktop?: boolean
}

interface ScheduleFlags {
  readonly quiet?: NonNullable<NotifySettings['quietHours']> | 'off'
  readonly zone?: string
  readonly digest?: Digest
  readonly recovery?: boolean
}

function sayRules(context: CommandContext, rules: readonly Rule[]): void {
  const yes = (is: boolean) => (is ? 'yes' : '-')
  const rows = rules.map((rule) => [
    rule.id,
    rule.isEnabled ? 'on' : 'off',
    yes(rule.isEnabled && rule.byMail),
    yes(rule.isEnabled && rule.byDesktop),
    rule.isUrgent ? 'at once' : '',
    rule.description,
  ])
  for (const line of tableLines(['RULE', 'STATE', 'MAIL', 'DESKTOP', 'WHEN', 'TELLS WHEN'], rows)) context.say(line)
}

function listRules(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const rules = engine.notify.rules.rules()
    if (context.json) return context.print(rules)
    sayRules(context, rules)
    const { recipients } = engine.notify.rules.settings()
    if (saidThatMailIsMissing(context, engine)) return
    if (recipients.length === 0)
      context.say('Nobody gets mail yet. Add somebody: rollcall notify recipients add ops@example.com')
    else context.say(`Mail goes to ${recipients.join(', ')}.`)
  })
}

function setRule(context: CommandContext, id: string, flags: RuleFlags): Promise<void> {
  const rule = defaultRules.find((each) => each.id === id)
  if (rule === undefined) throw new UsageError(`There is no rule "${id}".`)
  if (flags.on === true && flags.off === true) throw new UsageError('Choose one of --on and --off.')
  const switches: RuleSwitches = {
    ...(flags.on === true ? { isEnabled: true } : {}),
    ...(flags.off === true ? { isEnabled: false } : {}),
    ...(flags.mail === undefined ? {} : { byMail: flags.mail }),
    ...(flags.desktop === undefined ? {} : { byDesktop: flags.desktop }),
  }
  if (Object.keys(switches).length === 0)
    throw new UsageError('Say what is to change: --on, --off, --mail, --no-mail, --desktop or --no-desktop.')
  const chosen: RuleId = rule.id
  return withEngine(context, async (engine) => {
    const rules = await engine.notify.rules.setRule(chosen, switches)
    if (context.json) return context.print(rules.find((each) => each.id === id))
    sayRules(context, rules)
  })
}

/** What is left without them. Throws `Refusal` for an address that gets no mail. */
function withoutAddresses(before: readonly string[], gone: readonly string[]): readonly string[] {
  const unknown = gone.find((each) => !before.some((known) => isSameAddress(known, each)))
  if (unknown !== undefined)
    throw new Refusal(`${unknown} gets no mail, so nothing was changed. See "rollcall notify recipients list".`)
  return before.filter((each) => !gone.some((one) => isSameAddress(each, one)))
}

function changeRecipients(
  context: CommandContext,
  change: (before: readonly string[]) => readonly string[],
): Promise<void> {
  return withEngine(context, async (engine) => {
    const { recipients } = await engine.notify.rules.change({
      recipients: change(engine.notify.rules.settings().recipients),
    })
    if (context.json) return context.print(recipients)
    context.say(recipients.length === 0 ? 'Nobody gets mail.' : `Mail goes to ${recipients.join(', ')}.`)
    if (recipients.length > 0) saidThatMailIsMissing(context, engine)
  })
}

function listRecipients(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const { recipients } = engine.notify.rules.settings()
    if (context.json) return context.print(recipients)
    for (const each of recipients.length === 0 ? ['Nobody gets mail.'] : recipients) context.say(each)
  })
}

function sayClock({ quietHours, zone, digest, tellsRecovery }: NotifySettings): readonly string[] {
  const digestWords = digest.kind === 'daily' ? `daily at ${digest.at}` : digest.kind
  return [
    `Quiet hours   ${quietHours === null ? 'none' : `${quietHours.from} to ${quietHours.to}`}`,
    `Digest        ${digestWords}`,
    `Time zone     ${zone ?? 'that of this machine'}`,
    `When over     ${tellsRecovery ? 'told' : 'not told'}`,
  ]
}

function schedule(context: CommandContext, flags: ScheduleFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const changes = {
      ...(flags.quiet === undefined ? {} : { quietHours: flags.quiet === 'off' ? null : flags.quiet }),
      ...(flags.zone === undefined ? {} : { zone: flags.zone === 'machine' ? null : flags.zone }),
      ...(flags.digest === undefined ? {} : { digest: flags.digest }),
      ...(flags.recovery === undefined ? {} : { tellsRecovery: flags.recovery }),
    }
    const settings =
      Object.keys(changes).length === 0 ? engine.notify.rules.settings() : await engine.notify.rules.change(changes)
    const { quietHours, zone, digest, tellsRecovery } = settings
    if (context.json) return context.print({ quietHours, zone, digest, tellsRecovery })
    for (const line of sayClock(settings)) context.say(line)
  })
}

const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d'

// Commander takes null for an option without a value, hence the words.
function parseQuiet(text: string): ScheduleFlags['quiet'] {
  if (text === 'off') return text
  const [, from, to] = new RegExp(`^(${clock})-(${clock})$`).exec(text) ?? []
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError('Quiet hours look like 22:00-07:00, or off.')
  return { from, to }
}

function parseDigest(text: string): Digest {
  if (text === 'off' || text === 'hourly') return { kind: text }
  const at = new RegExp(`^daily@(${clock})$`).exec(text)?.[1]
  if (at === undefined) throw new InvalidArgumentError('A digest is off, hourly, or daily@08:00.')
  return { kind: 'daily', at }
}

export function addNotifyRulesCommands(notify: Command, contextOf: ContextOf): void {
  const rules = notify.command('rules').description('What is told, each rule with its switches')
  rules
    .command('list')
    .description('List the rules (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall notify rules list')
    .action((_flags: unknown, command: Command) => listRules(contextOf(command)))
  rules
    .command('set')
    .description('Switch a rule')
    .addArgument(new Argument('<rule>', 'which').choices(defaultRules.map((rule) => rule.id)))
    .option('--on', 'tell of it')
    .option('--off', 'tell nobody of it')
    .option('--mail', 'by mail')
    .option('--no-mail', 'not by mail')
    .option('--desktop', 'on the desktop')
    .option('--no-desktop', 'not on the desktop')
    .addHelpText('after', '\nExample:\n  rollcall notify rules set job-finished --mail')
    .action((id: string, flags: RuleFlags, command: Command) => setRule(contextOf(command), id, flags))

  const recipients = notify.command('recipients').description('Who gets mail')
  recipients
    .command('list')
    .description('List the addresses (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall notify recipients list')
    .action((_flags: unknown, command: Command) => listRecipients(contextOf(command)))
  recipients
    .command('add')
    .description('Add addresses')
    .argument('<address...>', 'e-mail addresses')
    .addHelpText('after', '\nExample:\n  rollcall notify recipients add ops@example.com')
    .action((addresses: readonly string[], _flags: unknown, command: Command) =>
      changeRecipients(contextOf(command), (before) => [...before, ...addresses]),
    )
  recipients
    .command('remove')
    .description('Remove addresses')
    .argument('<address...>', 'e-mail addresses')
    .addHelpText('after', '\nExample:\n  rollcall notify recipients remove ops@example.com')
    .action((addresses: readonly string[], _flags: unknown, command: Command) =>
      changeRecipients(contextOf(command), (before) => withoutAddresses(before, addresses)),
    )

  notify
    .command('schedule')
    .description('Show or change quiet hours and the digest')
    .option('--quiet <hours>', 'e.g. 22:00-07:00, or off; what is urgent is told nevertheless', parseQuiet)
    .option('--digest <when>', 'off, hourly, or daily@08:00: one mail with everything', parseDigest)
    .option('--zone <zone>', 'time zone of both, e.g. Europe/Berlin, or machine')
    .option('--recovery', 'tell when something is over')
    .option('--no-recovery', 'do not')
    .addHelpText(
      'after',
      '\nExample:\n  rollcall notify schedule --quiet 22:00-07:00 --zone Europe/Berlin --digest hourly',
    )
    .action((flags: ScheduleFlags, command: Command) => schedule(contextOf(command), flags))
}

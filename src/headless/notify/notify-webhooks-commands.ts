import { InvalidArgumentError, type Command } from 'commander'
import { Refusal } from '../../main/administration/refusal.ts'
import type { Engine } from '../../main/engine.ts'
import type { Webhook } from '../../main/notify/admin/webhooks-admin.ts'
import { isoTime } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { sayOutcome } from './notify-smtp-commands.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

interface AddFlags {
  readonly name: string
  readonly url: string
  readonly rules?: readonly string[]
  readonly allowHost?: string
}

function view({ createdAt, ...webhook }: Webhook) {
  return { ...webhook, createdAt: isoTime(createdAt) }
}

/** The webhook that a number or a name means; the number goes first. */
function named(engine: Engine, which: string): Webhook {
  const webhooks = engine.notify.webhooks.list()
  const webhook = webhooks.find(({ id }) => String(id) === which) ?? webhooks.find(({ name }) => name === which)
  if (!webhook) throw new Refusal(`There is no webhook "${which}". It may have been removed.`)
  return webhook
}

function add(context: CommandContext, flags: AddFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const { webhook, secret } = await engine.notify.webhooks.add({
      name: flags.name,
      url: flags.url,
      rules: isEveryRule(flags.rules) ? undefined : flags.rules,
      allowedHost: flags.allowHost,
    })
    if (context.json) return context.print({ ...view(webhook), secret: secret.reveal() })
    context.say(`Webhook  ${webhook.name}: ${webhook.url}`)
    context.say(`Secret   ${secret.reveal()}`)
    context.say('The secret is shown this once; the receiver verifies signatures with it (docs/webhooks.md).')
    context.say(`Try it: rollcall notify webhooks test ${webhook.name}`)
  })
}

function isEveryRule(rules: readonly string[] | undefined): boolean {
  return rules?.join() === 'all'
}

interface EditFlags {
  readonly name?: string
  readonly url?: string
  readonly rules?: readonly string[]
  /** False is what `--no-allow-host` says. */
  readonly allowHost?: string | false
  readonly newSecret?: boolean
}

function edit(context: CommandContext, which: string, flags: EditFlags): Promise<void> {
  const { name, url, rules, allowHost, newSecret } = flags
  if ([name, url, rules, allowHost, newSecret].every((each) => each === undefined))
    throw new UsageError(
      'Say what is to change: --name, --url, --rules, --allow-host, --no-allow-host or --new-secret.',
    )
  return withEngine(context, async (engine) => {
    const { webhook, secret } = await engine.notify.webhooks.edit(named(engine, which).id, {
      name,
      url,
      rules: isEveryRule(rules) ? null : rules,
      allowedHost: allowHost === false ? null : allowHost,
      hasNewSecret: newSecret,
    })
    if (context.json) return context.print({ ...view(webhook), ...(secret ? { secret: secret.reveal() } : {}) })
    context.say(`Webhook  ${webhook.name}: ${webhook.url}`)
    context.say(`Rules    ${webhook.rules === null ? 'all' : webhook.rules.join(', ')}`)
    if (!secret) return context.say('Its secret stays.')
    context.say(`Secret   ${secret.reveal()}`)
    context.say('The secret is shown this once. The one before signs nothing any more.')
  })
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const webhooks = engine.notify.webhooks.list()
    if (context.json) return context.print(webhooks.map(view))
    if (webhooks.length === 0) return context.say('No webhooks.')
    const rows = webhooks.map((each) => [
      String(each.id),
      each.name,
      each.url,
      each.rules === null ? 'all' : each.rules.join(', '),
    ])
    for (const line of tableLines(['ID', 'NAME', 'URL', 'RULES'], rows)) context.say(line)
  })
}

function remove(context: CommandContext, which: string, flags: YesFlag): Promise<void> {
  return withEngine(context, async (engine) => {
    const { id, name } = named(engine, which)
    await confirm(context, flags, `Remove the webhook "${name}" with what waits for it?`)
    const webhook = await engine.notify.webhooks.remove(id)
    if (context.json) return context.print(view(webhook))
    context.say(`The webhook ${webhook.name} is removed.`)
  })
}

function test(context: CommandContext, which: string): Promise<void> {
  return withEngine(context, async (engine) =>
    sayOutcome(context, await engine.notify.webhooks.test(named(engine, which).id), which),
  )
}

/** Without a rule, as an unset variable of a script leaves it, a webhook would never be told of anything. */
function parseRules(text: string): readonly string[] {
  const rules = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (rules.length === 0) throw new InvalidArgumentError('Name at least one rule, or all.')
  return rules
}

export function addNotifyWebhooksCommands(notify: Command, contextOf: ContextOf): void {
  const webhooks = notify.command('webhooks').description('Where notifications are posted, signed')
  webhooks
    .command('add')
    .description('Add a webhook and show its secret')
    .requiredOption('--name <name>', 'a name for people')
    .requiredOption('--url <url>', 'where to post; https')
    .option('--rules <rules>', 'only these, divided by commas, or all (default: all)', parseRules)
    .option('--allow-host <host>', 'the host of the URL, where it may be a private one; this allows http too')
    .addHelpText(
      'after',
      '\nExample:\n  rollcall notify webhooks add --name ops --url https://hooks.example.com/rollcall --rules cycle-failures,bad-token',
    )
    .action((flags: AddFlags, command: Command) => add(contextOf(command), flags))
  webhooks
    .command('edit')
    .description('Change a webhook; what is not given stays, its secret too')
    .argument('<webhook>', 'its name or number')
    .option('--name <name>', 'another name')
    .option('--url <url>', 'where to post; https')
    .option('--rules <rules>', 'only these, divided by commas, or all', parseRules)
    .option('--allow-host <host>', 'the host of the URL, where it may be a private one; this allows http too')
    .option('--no-allow-host', 'its host may not be a private one any more')
    .option('--new-secret', 'give it another secret and show it')
    .addHelpText('after', '\nExample:\n  rollcall notify webhooks edit ops --rules cycle-failures,quarantine')
    .action((which: string, flags: EditFlags, command: Command) => edit(contextOf(command), which, flags))
  webhooks
    .command('list')
    .description('List the webhooks (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall notify webhooks list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
  webhooks
    .command('test')
    .description('Post a test now; the exit status is 1 when it is not taken')
    .argument('<webhook>', 'its name or number')
    .addHelpText('after', '\nExample:\n  rollcall notify webhooks test ops')
    .action((which: string, _flags: unknown, command: Command) => test(contextOf(command), which))
  webhooks
    .command('remove')
    .description('Remove a webhook with what waits for it')
    .argument('<webhook>', 'its name or number')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall notify webhooks remove ops --yes')
    .action((which: string, flags: YesFlag, command: Command) => remove(contextOf(command), which, flags))
}

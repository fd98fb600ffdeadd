import { InvalidArgumentError, Option, type Command } from 'commander'
import { unreachable } from '../../scim/unreachable.ts'
import type { OutboxMessage } from '../../main/notify/admin/outbox-admin.ts'
import type { OutboxState } from '../../main/store/notify/outbox.ts'
import { amount } from '../../main/text/amount.ts'
import { isoTime, relativeTime } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { parseCount } from '../option-values.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

interface ListFlags {
  readonly state?: OutboxState
  readonly limit: number
}

interface ChosenFlags extends YesFlag {
  readonly all?: boolean
}

function view(message: OutboxMessage) {
  return {
    ...message,
    createdAt: isoTime(message.createdAt),
    notBefore: isoTime(message.notBefore),
    retryAt: isoTime(message.retryAt),
    endedAt: isoTime(message.endedAt),
    problem: message.problem ?? null,
  }
}

function stateWords(message: OutboxMessage, now: number): string {
  if (message.state !== 'waiting') return message.state
  if (message.isBeingSent) return 'being sent'
  const next = Math.max(message.notBefore, message.retryAt ?? 0)
  return next <= now ? 'waiting' : relativeTime(next, now)
}

/** That there are no messages of the state that was asked for says nothing about the others. */
function nothing(state: OutboxState | undefined): string {
  switch (state) {
    case undefined:
      return 'Nothing waits, and nothing was given up.'
    case 'waiting':
      return 'Nothing waits.'
    case 'dead':
      return 'Nothing was given up.'
    case 'delivered':
      return 'Nothing was delivered of late.'
    default:
      return unreachable(state)
  }
}

function list(context: CommandContext, flags: ListFlags): Promise<void> {
  return withEngine(context, (engine) => {
    const states: readonly OutboxState[] = flags.state === undefined ? ['waiting', 'dead'] : [flags.state]
    const messages = states.flatMap((state) => engine.notify.outbox.list(state, flags.limit))
    if (context.json) return context.print(messages.map(view))
    if (messages.length === 0) return context.say(nothing(flags.state))
    const now = context.now()
    const rows = messages.map((each) => [
      String(each.id),
      stateWords(each, now),
      each.channel,
      each.recipient,
      String(each.attempts),
      each.title,
      each.problem ?? '',
    ])
    for (const line of tableLines(['ID', 'STATE', 'BY', 'TO', 'TRIED', 'WHAT', 'PROBLEM'], rows)) context.say(line)
  })
}

function chosen(ids: readonly number[], flags: ChosenFlags): readonly number[] | undefined {
  if (flags.all === true && ids.length > 0) throw new UsageError('Name messages, or give --all.')
  if (flags.all !== true && ids.length === 0) throw new UsageError('Name the messages by number, or give --all.')
  return flags.all === true ? undefined : ids
}

function retry(context: CommandContext, ids: readonly number[], flags: ChosenFlags): Promise<void> {
  const which = chosen(ids, flags)
  return withEngine(context, async (engine) => {
    const retried = await engine.notify.outbox.retry(which ?? 'all')
    if (context.json) return context.print({ retried })
    context.say(`${amount(retried, 'message is', 'messages are')} tried again by the running server.`)
  })
}

function drop(context: CommandContext, ids: readonly number[], flags: ChosenFlags): Promise<void> {
  const which = chosen(ids, flags)
  return withEngine(context, async (engine) => {
    const what = which === undefined ? 'every message that was given up' : amount(which.length, 'message')
    await confirm(context, flags, `Throw ${what} away?`)
    const dropped = await engine.notify.outbox.drop(which ?? 'dead')
    if (context.json) return context.print({ dropped })
    context.say(`${amount(dropped, 'message was', 'messages were')} thrown away.`)
  })
}

function parseId(text: string, before: readonly number[] = []): readonly number[] {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A message is named by its number.')
  return [...before, Number(text)]
}

export function addNotifyOutboxCommands(notify: Command, contextOf: ContextOf): void {
  const outbox = notify.command('outbox').description('What waits to be told, and what was given up')
  outbox
    .command('list')
    .description('List what waits and what was given up (--json: one array)')
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'dead', 'delivered']))
    .option('--limit <number>', 'how many of each', parseCount, 100)
    .addHelpText('after', '\nExample:\n  rollcall notify outbox list --state dead')
    .action((flags: ListFlags, command: Command) => list(contextOf(command), flags))
  outbox
    .command('retry')
    .description('Try messages again that were given up')
    .argument('[id...]', 'their numbers', parseId)
    .option('--all', 'all of them')
    .addHelpText('after', '\nExample:\n  rollcall notify outbox retry --all')
    .action((ids: readonly number[] | undefined, flags: ChosenFlags, command: Command) =>
      retry(contextOf(command), ids ?? [], flags),
    )
  outbox
    .command('drop')
    .description('Throw messages away that have not been delivered')
    .argument('[id...]', 'their numbers', parseId)
    .option('--all', 'all that were given up')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall notify outbox drop 12 13 --yes')
    .action((ids: readonly number[] | undefined, flags: ChosenFlags, command: Command) =>
      drop(contextOf(command), ids ?? [], flags),
    )
}

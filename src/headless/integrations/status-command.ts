import { setTimeout as delay } from 'node:timers/promises'
import { styleText } from 'node:util'
import { InvalidArgumentError, type Command } from 'commander'
import { examineDisks } from '../../main/doctor/examine-folder.ts'
import type { Engine } from '../../main/engine.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { interruptible } from '../interruptible.ts'
import { parseCount } from '../option-values.ts'
import { statusLines } from './status-lines.ts'
import { statusView } from './status-view.ts'
import { withEngine } from '../with-engine.ts'
import { printable } from '../terminal/printable.ts'
import { jsonText } from '../terminal/json-text.ts'

interface StatusFlags {
  readonly watch?: boolean
  readonly cycles: number
}

const lookEveryMs = 1000
const clearScreen = '\u001b[H\u001b[J'
const mostCycles = 500

function parseCycles(text: string): number {
  const count = parseCount(text)
  if (count > mostCycles) throw new InvalidArgumentError(`At most ${mostCycles}.`)
  return count
}

/** What a server on this data directory cannot store and record requests for: what they tell may be of before. */
function fullDisks({ dataDir }: CommandContext): readonly string[] {
  return examineDisks(dataDir)
    .filter((each) => each.status === 'problem')
    .map(({ check, message }) => `${check}: ${message}`)
}

function attentionLine(text: string): string {
  return `${styleText('red', '✗')} ${printable(text)}`
}

/** What is shown of a moment: one JSON object, or lines for a person. */
function shown(context: CommandContext, engine: Engine, flags: StatusFlags): string {
  const now = context.now()
  return context.json
    ? `${jsonText({ ...statusView(engine, flags.cycles, now), attention: fullDisks(context) })}\n`
    : `${[...fullDisks(context).map(attentionLine), ...statusLines(engine, flags.cycles, now)].join('\n')}\n`
}

/** What a change is told by: how long something has been running is none. */
function sameness(text: string): string {
  return text.replaceAll(/"(?:durationMs|sentence)":(?:\d+|"(?:[^"\\]|\\.)*")/g, '')
}

/** Shows the status again and again until the signal is aborted, or nobody reads on; on a terminal over itself, elsewhere whenever it has changed. */
async function watch(context: CommandContext, engine: Engine, flags: StatusFlags, signal: AbortSignal): Promise<void> {
  const isScreen = !context.json && process.stdout.isTTY
  let last = ''
  while (!signal.aborted && !context.stdout.isBroken()) {
    const text = shown(context, engine, flags)
    if (isScreen) await context.stdout.write(`${clearScreen}${text}`)
    else if (sameness(text) !== sameness(last)) await context.stdout.write(text)
    last = text
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
}

function status(context: CommandContext, flags: StatusFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    if (flags.watch === true) return interruptible((signal) => watch(context, engine, flags, signal))
    await context.stdout.write(shown(context, engine, flags))
  })
}

function parseExpected(text: string): number | undefined {
  if (text === 'none') return undefined
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('That is a whole number from 1 up, or none.')
  return Number(text)
}

function expect(context: CommandContext, slug: string, users: number | undefined): Promise<void> {
  return withEngine(context, async (engine) => {
    await engine.administer('set-expected-users', { slug, users })
    if (context.json) return context.print({ slug, expectedUsers: users ?? null })
    context.say(
      users === undefined
        ? `No number of users is expected of ${slug} any more.`
        : `${users.toLocaleString('en')} users are expected of ${slug}; the progress of its initial cycle is measured by that.`,
    )
  })
}

export function addStatusCommand(program: Command, contextOf: ContextOf): void {
  const group = program.command('status').description('What the identity providers are doing, inferred from requests')
  const show = group
    .command('show', { isDefault: true })
    .description('Show every integration with its state, its cycles and who fails')
    .option('--watch', 'go on as things change, until Ctrl+C')
    .option('--cycles <number>', 'how many cycles of each', parseCycles, 5)
    .addHelpText(
      'after',
      `
--json prints one object; with --watch one whenever something has changed.

Example:
  rollcall status
  rollcall status --watch`,
    )
    .action((flags: StatusFlags, command: Command) => status(contextOf(command), flags))
  group.addHelpText('after', () => `\n${show.helpInformation().trimEnd()}`)
  group
    .command('expect')
    .description('Say how many users an identity provider is going to send, for the progress of its initial cycle')
    .argument('<slug>', 'the integration')
    .argument('<users>', 'a number, or none', parseExpected)
    .addHelpText('after', '\nExample:\n  rollcall status expect entra-id 1200')
    .action((slug: string, users: number | undefined, _flags: unknown, command: Command) =>
      expect(contextOf(command), slug, users),
    )
}

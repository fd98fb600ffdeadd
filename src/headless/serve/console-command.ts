import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Command } from 'commander'
import { Refusal } from '../../main/administration/refusal.ts'
import { lockHolder } from '../../main/data-dir/data-dir-lock.ts'
import { isoTime, relativeTime } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { createConsoleAccess } from '../../main/console-access.ts'
import { consoleLink, consoleUrlSetting } from './console-link.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

function url(context: CommandContext): Promise<void> {
  return withEngine(context, async (engine) => {
    const served = engine.reads.settings.get(consoleUrlSetting)
    if (!served || !lockHolder(context.dataDir, context.now()))
      throw new Refusal('No server with a console runs on this data directory. Start one: rollcall serve')
    const link = consoleLink(served, await createConsoleAccess(engine).sessions.issueKey())
    if (context.json) return context.print({ console: link })
    context.say(link)
    context.warn('It works once, within an hour.')
  })
}

/** One line of standard input, which a terminal does not show. */
async function readPassword(context: CommandContext): Promise<string> {
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (context.canAsk) process.stderr.write('New password of the console: ')
  const lines = createInterface({ input: process.stdin, output: hidden, terminal: context.canAsk })
  const { promise, resolve } = Promise.withResolvers<string>()
  lines.once('line', resolve)
  lines.once('close', () => resolve(''))
  const text = await promise
  lines.close()
  if (context.canAsk) process.stderr.write('\n')
  return text
}

interface PasswordFlags {
  readonly remove?: boolean
}

async function password(context: CommandContext, flags: PasswordFlags): Promise<void> {
  const text = flags.remove === true ? undefined : await readPassword(context)
  if (text !== undefined && text.length < 12)
    throw new UsageError('A password has 12 characters or more. It is read from standard input, as one line.')
  // Whoever signs in may send no longer one.
  if (text !== undefined && text.length > 1000) throw new UsageError('A password can have at most 1,000 characters.')
  return withEngine(context, async (engine) => {
    const access = createConsoleAccess(engine)
    if (text === undefined) await access.password.remove()
    else {
      await access.password.set(text)
      await access.sessions.endOthers(0)
    }
    const setAt = access.password.setAt()
    if (context.json) return context.print({ passwordSetAt: isoTime(setAt) })
    context.say(
      setAt === undefined
        ? 'The console has no password any more. "rollcall console url" opens it.'
        : 'The password is set, and all browsers are signed out.',
    )
  })
}

function sessions(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const list = createConsoleAccess(engine).sessions.list()
    if (context.json)
      return context.print(
        list.map((each) => ({
          id: each.id,
          by: each.signed_in_by,
          createdAt: isoTime(each.created_at),
          lastSeenAt: isoTime(each.last_seen_at),
          expiresAt: isoTime(each.expires_at),
          remoteAddress: each.remote_address,
          userAgent: each.user_agent,
        })),
      )
    if (list.length === 0) return context.say('Nobody is signed in.')
    const now = context.now()
    const rows = list.map((each) => [
      String(each.id),
      each.signed_in_by,
      relativeTime(each.created_at, now),
      relativeTime(each.last_seen_at, now),
      each.remote_address,
      each.user_agent.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 60),
    ])
    for (const line of tableLines(['ID', 'BY', 'SINCE', 'LAST SEEN', 'FROM', 'BROWSER'], rows)) context.say(line)
  })
}

function signOut(context: CommandContext, id: string, flags: YesFlag): Promise<void> {
  if (id !== 'all' && !/^\d{1,15}$/.test(id))
    throw new UsageError('Name a session by its number in "rollcall console sessions", or "all".')
  return withEngine(context, async (engine) => {
    const access = createConsoleAccess(engine)
    if (id === 'all') await confirm(context, flags, 'Sign every browser out of the console?')
    const ended = id === 'all' ? await access.sessions.endOthers(0) : await access.sessions.end(Number(id))
    if (id !== 'all' && ended === 0) throw new Refusal(`There is no session ${id}. See "rollcall console sessions".`)
    if (context.json) return context.print({ ended })
    context.say(ended === 1 ? 'One session was ended.' : `${ended} sessions were ended.`)
  })
}

export function addConsoleCommand(program: Command, contextOf: ContextOf): void {
  const group = program.command('console').description('Access to the console of a running server')
  group
    .command('url')
    .description('Print an address that opens the console, once')
    .addHelpText('after', '\nExample:\n  rollcall console url')
    .action((_flags: unknown, command: Command) => url(contextOf(command)))
  group
    .command('password')
    .description('Set the password for lasting access, read from standard input; signs all browsers out')
    .option('--remove', 'have none')
    .addHelpText('after', '\nExample:\n  rollcall console password < password.txt')
    .action((flags: PasswordFlags, command: Command) => password(contextOf(command), flags))
  group
    .command('sessions')
    .description('List the browsers that are signed in (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall console sessions')
    .action((_flags: unknown, command: Command) => sessions(contextOf(command)))
  group
    .command('sign-out')
    .description('End a session; its connections are closed')
    .argument('<id>', 'its number in the list, or "all"')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall console sign-out all --yes')
    .action((id: string, flags: YesFlag, command: Command) => signOut(contextOf(command), id, flags))
}

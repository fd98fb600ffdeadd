import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { BackupSchedule } from '../../main/backup/backup-schedule.ts'
import type { Engine } from '../../main/engine.ts'
import { byteSize } from '../../main/text/byte-size.ts'
import { isoTime, moment, relativeTime } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { parseCount } from '../option-values.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

interface ScheduleFlags {
  readonly daily?: boolean
  readonly weekly?: string
  readonly off?: boolean
  readonly at?: string
  readonly keep?: number
  readonly folder?: string
}

function parseClock(text: string): string {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new InvalidArgumentError('A time looks like 02:30.')
  return text
}

function parseKeep(text: string): number {
  const keep = parseCount(text)
  if (keep > 365) throw new InvalidArgumentError('At most 365.')
  return keep
}

function changed(before: BackupSchedule, flags: ScheduleFlags): BackupSchedule {
  const chosen = [flags.daily, flags.weekly, flags.off].filter((each) => each !== undefined)
  if (chosen.length > 1) throw new UsageError('Choose one of --daily, --weekly DAY and --off.')
  const every =
    flags.off === true ? 'off' : flags.daily === true ? 'day' : flags.weekly === undefined ? undefined : 'week'
  return {
    every: every ?? before.every,
    weekday: flags.weekly === undefined ? before.weekday : weekdays.indexOf(flags.weekly),
    at: flags.at ?? before.at,
    keep: flags.keep ?? before.keep,
    folder: flags.folder === undefined ? before.folder : flags.folder === '' ? null : resolve(flags.folder),
  }
}

function scheduleView(engine: Engine) {
  const { every, at, weekday, keep } = engine.backups.schedule()
  return {
    every,
    at: every === 'off' ? null : at,
    weekday: every === 'week' ? (weekdays[weekday] ?? null) : null,
    keep,
    folder: engine.backups.folder(),
    nextAt: isoTime(engine.backups.next()),
  }
}

function schedule(context: CommandContext, flags: ScheduleFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    if (Object.keys(flags).some((name) => ['daily', 'weekly', 'off', 'at', 'keep', 'folder'].includes(name)))
      await engine.backups.setSchedule((before) => changed(before, flags))
    const view = scheduleView(engine)
    if (context.json) return context.print(view)
    if (view.every === 'off')
      return context.say('No backups are written by themselves. Switch them on: rollcall backup schedule --daily')
    const when = view.every === 'day' ? 'Every day' : `Every ${view.weekday ?? ''}`
    context.say(
      `${when} at ${view.at ?? ''} while the server runs; the newest ${view.keep} are kept in ${view.folder}.`,
    )
    context.say(`Next ${moment(engine.backups.next(), context.now())}.`)
  })
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const files = engine.backups.files()
    const runs = engine.backups.runs(20)
    if (context.json)
      return context.print({
        folder: engine.backups.folder(),
        files: files.map(({ file, bytes, createdAt, isScheduled }) => ({
          file,
          bytes,
          createdAt: isoTime(createdAt),
          isScheduled,
        })),
        runs: runs.map((run) => ({
          startedAt: isoTime(run.started_at),
          endedAt: isoTime(run.ended_at),
          by: run.started_by,
          file: run.file,
          bytes: run.bytes,
          problem: run.problem,
        })),
      })
    const now = context.now()
    context.say(`In ${engine.backups.folder()}:`)
    if (files.length === 0) context.say('nothing yet.')
    else
      for (const line of tableLines(
        ['FILE', 'WRITTEN', 'SIZE'],
        files.map((each) => [each.file, relativeTime(each.createdAt, now), byteSize(each.bytes)]),
      ))
        context.say(line)
    const [last] = runs
    if (last && last.problem !== null)
      context.say(`The last one failed ${relativeTime(last.started_at, now)}: ${last.problem}`)
  })
}

export function addBackupScheduleCommands(backup: Command, contextOf: ContextOf): void {
  backup
    .command('schedule')
    .description('Show or change when the server writes backups by itself')
    .option('--daily', 'every day')
    .addOption(new Option('--weekly <day>', 'every week on this day').choices(weekdays))
    .option('--off', 'never')
    .option('--at <time>', "HH:MM of the machine's clock (default: 02:30)", parseClock)
    .option('--keep <number>', 'how many are kept (default: 14)', parseKeep)
    .option('--folder <dir>', 'where; "" is the data directory\'s own folder')
    .addHelpText(
      'after',
      `
A backup that was missed, because the server was not running, is made up for at its next start. One that fails is tried again after an hour.

Example:
  rollcall backup schedule --daily --at 02:30 --keep 14 --folder /var/backups/rollcall`,
    )
    .action((flags: ScheduleFlags, command: Command) => schedule(contextOf(command), flags))
  backup
    .command('list')
    .description('List the backups in the folder, and how the last ones went')
    .addHelpText('after', '\nExample:\n  rollcall backup list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
}

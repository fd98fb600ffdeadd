import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { version } from '../../../package.json'
import { Refusal } from '../../main/administration/refusal.ts'
import { inspectBackup } from '../../main/store/file/inspect-backup.ts'
import { isThere } from '../../main/store/file/is-there.ts'
import { requireAlone, type Restored, type RestoreStep } from '../../main/backup/restore-backup.ts'
import { restoreBackupAside } from '../../main/backup/restore-backup-aside.ts'
import { isFolder, type BackupInput, type WrittenBackup } from '../../main/backup/write-backup.ts'
import { writeBackupAside } from '../../main/backup/write-backup-aside.ts'
import { takeDataDirLock } from '../../main/data-dir/data-dir-lock.ts'
import { tokensToRotate } from '../../main/doctor/tokens-to-rotate.ts'
import { VaultError } from '../../main/vault/vault.ts'
import { amount } from '../../main/text/amount.ts'
import { isoTime, moment } from '../../main/text/moment-text.ts'
import { byteSize } from '../../main/text/byte-size.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { addBackupScheduleCommands } from './backup-schedule-commands.ts'
import { interruptible } from '../interruptible.ts'
import { fileToWrite, notEmpty } from '../option-values.ts'
import { withProgress } from '../terminal/progress.ts'
import { recordBackup } from './record-backup.ts'
import { warnRoot, withEngine } from '../with-engine.ts'

/** Somebody has asked for it, so that it is no backup that failed. */
class Stopped extends Refusal {}

/** Writes a backup, tells how far it is, and takes back what there is of it when it is to end. */
function copied(context: CommandContext, input: BackupInput): Promise<WrittenBackup> {
  const { threads } = context
  return interruptible((signal) =>
    withProgress(context, (update) => {
      const onProgress = (bytes: number) => update(`Writing the backup: ${byteSize(bytes)}`)
      return writeBackupAside(threads.backup, input, { signal, onProgress }).catch((error: unknown) => {
        throw error === signal.reason ? new Stopped(`Stopped: ${input.file} was not written.`) : error
      })
    }),
  )
}

async function backup(context: CommandContext, name: string, flags: YesFlag): Promise<void> {
  const file = resolve(name)
  const replace = existsSync(file) && !isFolder(file)
  if (replace) await confirm(context, flags, `${file} exists already. Replace it?`)
  const { dataDir } = context
  let written: WrittenBackup
  try {
    written = await copied(context, { dataDir, file, version, now: context.now(), replace })
  } catch (error) {
    if (error instanceof Stopped) throw error
    // Whoever mistyped a path sits there and has read it; a job that runs at night cannot.
    if (error instanceof Refusal && context.canAsk) throw error
    const problem = error instanceof Error ? error.message : String(error)
    await recordBackup(context, { file: null, bytes: null, users: null, groups: null, integrations: null, problem })
    throw error
  }
  const { bytes, users, groups, integrations } = written
  await recordBackup(context, { file, bytes, users, groups, integrations, problem: null })
  if (context.json)
    return context.print({ file, bytes, users, groups, integrations, createdAt: isoTime(written.label?.createdAt) })
  context.say(
    `Wrote ${file}: ${amount(users, 'user')}, ${amount(groups, 'group')}, ${amount(integrations, 'integration')}, ${byteSize(bytes)}.`,
  )
  context.say('Tokens and passwords are in the vault and not part of it.')
}

const restoreSteps: Readonly<Record<RestoreStep, string>> = {
  copy: 'Copying the backup',
  adapt: 'Making the copy ready',
  'put aside': 'Putting the present data aside',
}

/** Restores an examined backup, and tells how far it is; returns where the data before it are. Ctrl+C ends it as long as those are untouched. */
function replaced(context: CommandContext, file: string): Promise<Restored> {
  const { dataDir, threads, now } = context
  return interruptible((signal) =>
    withProgress(context, (update) => {
      const onStep = (step: RestoreStep) => update(restoreSteps[step])
      return restoreBackupAside(threads.restore, { dataDir, file, now: now() }, { signal, onStep })
    }),
  )
}

async function restore(context: CommandContext, name: string, flags: YesFlag): Promise<void> {
  const file = resolve(name)
  if (!isThere(file, 'Put the backup elsewhere.')) throw new Refusal(`There is no file ${file}.`)
  // SQLite waits at a pipe for ever.
  if (!statSync(file).isFile()) throw new Refusal(`${file} is no file. Name a backup.`)
  const content = await withProgress(context, (update) => {
    update(`Examining the backup: ${byteSize(statSync(file).size)}`)
    return Promise.resolve(inspectBackup(file))
  })
  warnRoot(context)
  const lock = takeDataDirLock(context.dataDir, context.now)
  let aside: Restored
  try {
    const made = content.label ? ` of ${moment(content.label.createdAt, context.now())}` : ''
    const held = `${amount(content.users, 'user')}, ${amount(content.groups, 'group')} and ${amount(content.integrations, 'integration')}`
    // A server may hold the database without the mark on the folder: one that was started beside another takes that over some seconds after it.
    requireAlone(context.dataDir)
    await confirm(context, flags, `Replace the data in ${context.dataDir} by the backup${made} with ${held}?`)
    aside = await replaced(context, file)
  } finally {
    lock.release()
  }
  const rotate = await withEngine(context, (engine) => tokensToRotate(engine)).catch((error: unknown) => {
    if (!(error instanceof VaultError)) throw error
    context.warn(`The data is restored, but it is not known which tokens the vault has. ${error.message}`)
    return undefined
  })
  const { users, groups, integrations } = content
  const { kept, keptLog } = aside
  if (context.json)
    return context.print({
      file,
      users,
      groups,
      integrations,
      kept: kept ?? null,
      keptLog: keptLog ?? null,
      rotate: rotate ?? null,
    })
  context.say(
    `Restored ${amount(users, 'user')}, ${amount(groups, 'group')} and ${amount(integrations, 'integration')}.`,
  )
  if (kept !== undefined) context.say(`The data before it is in ${kept}.`)
  if (keptLog !== undefined)
    context.say(`The request log before it is of other integrations, and was put aside as ${keptLog}.`)
  if (rotate === undefined)
    context.say('Once the vault opens, "rollcall doctor" names the tokens that it does not know.')
  for (const slug of rotate ?? [])
    context.say(`The token of "${slug}" is not in this vault. Issue a new one: rollcall tokens rotate ${slug}`)
}

export function addBackupCommands(program: Command, contextOf: ContextOf): void {
  const backups = program.command('backup').description('Write the directory into one file, by hand or by a schedule')
  const write = backups
    .command('write', { isDefault: true })
    .description('Write the directory into one file, also while the server runs')
    .argument('<file>', 'the file to write', fileToWrite)
    .option('--yes', 'replace the file if it exists')
    .addHelpText(
      'after',
      `
The backup holds users, groups, integrations, settings and the audit. It holds neither secrets (they are in the vault) nor
the request log.

Example:
  rollcall backup /var/backups/rollcall-monday.db`,
    )
    .action((file: string, flags: YesFlag, command: Command) => backup(contextOf(command), file, flags))
  backups.addHelpText('after', () => `\n${write.helpInformation().trimEnd()}`)
  addBackupScheduleCommands(backups, contextOf)
  program
    .command('restore')
    .description('Put a backup in the place of the data; the server must not be running')
    .argument('<file>', 'the backup', notEmpty)
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
The replaced database is kept beside the new one, and with it the request log where it is of other integrations than those of
the backup, as on another machine. Tokens are in the vault, not in the backup: those that this vault does not
know are named, and have to be rotated (--json: "rotate", null while the vault cannot be opened).

Example:
  rollcall restore /var/backups/rollcall-monday.db`,
    )
    .action((file: string, flags: YesFlag, command: Command) => restore(contextOf(command), file, flags))
}

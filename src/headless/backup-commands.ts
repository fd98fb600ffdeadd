import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { version } from '../../package.json'
import { Refusal } from '../main/administration/refusal.ts'
import { inspectBackup } from '../main/store/inspect-backup.ts'
import { restoreBackup } from '../main/backup/restore-backup.ts'
import { writeBackup } from '../main/backup/write-backup.ts'
import { takeDataDirLock } from '../main/data-dir-lock.ts'
import { lastBackupSetting } from '../main/notify/conditions/machine-conditions.ts'
import { databaseFileName } from '../main/store/database-files.ts'
import { VaultError } from '../main/vault/vault.ts'
import { amount } from './amount.ts'
import type { CommandContext, ContextOf } from './command-context.ts'
import { confirm, type YesFlag } from './confirm.ts'
import { isoTime, moment } from './moment.ts'
import { byteSize } from './byte-size.ts'
import { tokenProblems } from './token-problems.ts'
import { withEngine } from './with-engine.ts'

/** Leaves how a backup ended, so that somebody is told of one that failed. That it cannot be left is no reason for the backup to fail. */
async function recorded<Result>(context: CommandContext, write: () => Result): Promise<Result> {
  const leave = async (problem: string | null) => {
    if (!existsSync(join(context.dataDir, databaseFileName))) return
    const value = JSON.stringify({ at: context.now(), problem })
    await withEngine(context, (engine) => engine.administer('set-setting', { name: lastBackupSetting, value })).catch(
      () => undefined,
    )
  }
  let result: Result
  try {
    result = write()
  } catch (error) {
    await leave(error instanceof Error ? error.message : String(error))
    throw error
  }
  await leave(null)
  return result
}

async function backup(context: CommandContext, name: string, flags: YesFlag): Promise<void> {
  const file = resolve(name)
  const replace = existsSync(file)
  if (replace) await confirm(context, flags, `${file} exists already. Replace it?`)
  const { dataDir } = context
  const written = await recorded(context, () => writeBackup({ dataDir, file, version, now: context.now(), replace }))
  const { bytes, users, groups, integrations } = written
  if (context.json)
    return context.print({ file, bytes, users, groups, integrations, createdAt: isoTime(written.label?.createdAt) })
  context.say(
    `Wrote ${file}: ${amount(users, 'user')}, ${amount(groups, 'group')}, ${amount(integrations, 'integration')}, ${byteSize(bytes)}.`,
  )
  context.say('Tokens and passwords are in the vault and not part of it.')
}

async function restore(context: CommandContext, name: string, flags: YesFlag): Promise<void> {
  const file = resolve(name)
  if (!existsSync(file)) throw new Refusal(`There is no file ${file}.`)
  const content = inspectBackup(file)
  const lock = takeDataDirLock(context.dataDir, context.now)
  let kept: string | undefined
  try {
    const made = content.label ? ` of ${moment(content.label.createdAt, context.now())}` : ''
    const held = `${amount(content.users, 'user')}, ${amount(content.groups, 'group')} and ${amount(content.integrations, 'integration')}`
    await confirm(context, flags, `Replace the data in ${context.dataDir} by the backup${made} with ${held}?`)
    ;({ kept } = restoreBackup({ dataDir: context.dataDir, file, now: context.now() }))
  } finally {
    lock.release()
  }
  const rotate = await withEngine(context, (engine) => tokenProblems(engine)).catch((error: unknown) => {
    if (!(error instanceof VaultError)) throw error
    // The data is restored; which tokens work shows when the vault opens again.
    context.warn(error.message)
    return []
  })
  const { users, groups, integrations } = content
  if (context.json) return context.print({ file, users, groups, integrations, kept: kept ?? null, rotate })
  context.say(
    `Restored ${amount(users, 'user')}, ${amount(groups, 'group')} and ${amount(integrations, 'integration')}.`,
  )
  if (kept !== undefined) context.say(`The data before it is in ${kept}.`)
  for (const slug of rotate)
    context.say(`The token of "${slug}" is not in this vault. Issue a new one: rollcall tokens rotate ${slug}`)
}

export function addBackupCommands(program: Command, contextOf: ContextOf): void {
  program
    .command('backup')
    .description('Write the directory into one file, also while the server runs')
    .argument('<file>', 'the file to write')
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
  program
    .command('restore')
    .description('Put a backup in the place of the data; the server must not be running')
    .argument('<file>', 'the backup')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
The replaced database is kept beside the new one. Tokens are in the vault, not in the backup: those that this vault does not
know are named, and have to be rotated.

Example:
  rollcall restore /var/backups/rollcall-monday.db`,
    )
    .action((file: string, flags: YesFlag, command: Command) => restore(contextOf(command), file, flags))
}

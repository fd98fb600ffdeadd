import { randomUUID } from 'node:crypto'
import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../administration/refusal.ts'
import { errorCode } from '../error-code.ts'
import { databaseFileName } from '../store/database-files.ts'
import { toStoreError } from '../store/store-error.ts'
import { backupFormat, copyDatabase } from '../store/database-copy.ts'
import { inspectBackup, type BackupContent } from '../store/inspect-backup.ts'
import { syncToDisk } from '../store/sync-to-disk.ts'

export interface WrittenBackup extends BackupContent {
  readonly file: string
  readonly bytes: number
}

/**
 * Writes a backup: one file, a copy of the database as of one moment. Secrets are in the vault and not part of it; neither is the journal.
 * The file appears whole or not at all. Throws `Refusal` when it exists and `replace` is not set.
 */
export function writeBackup(input: {
  readonly dataDir: string
  readonly file: string
  readonly version: string
  readonly now: number
  readonly replace: boolean
}): WrittenBackup {
  const { dataDir, file } = input
  const source = join(dataDir, databaseFileName)
  if (!existsSync(source)) throw new Refusal(`There is no Rollcall data in ${dataDir}. Check --data-dir.`)
  if (!existsSync(dirname(file))) throw new Refusal(`There is no folder ${dirname(file)}. Make it first.`)
  const temporary = `${file}.${randomUUID()}.new`
  try {
    copyDatabase(source, temporary, { format: backupFormat, version: input.version, createdAt: input.now })
    const content = inspectBackup(temporary)
    if (input.replace) renameSync(temporary, file)
    else linkSync(temporary, file)
    syncToDisk(dirname(file))
    return { file, bytes: statSync(file).size, ...content }
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new Refusal(`${file} exists already. Choose another name, or replace it with --yes.`)
    throw toStoreError(error, file) ?? error
  } finally {
    rmSync(temporary, { force: true })
  }
}

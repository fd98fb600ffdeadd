import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../administration/refusal.ts'
import { errorCode } from '../error-code.ts'
import { removeHalfWritten, temporaryOf } from '../data-dir/half-written.ts'
import { noDataIn } from '../data-dir/no-data.ts'
import { databaseFileName, journalFileName } from '../store/file/database-file-names.ts'
import { isThere } from '../store/file/is-there.ts'
import { StoreError, toStoreError } from '../store/store-error.ts'
import { backupFormat, copyDatabase } from '../store/file/database-copy.ts'
import { inspectBackup, type BackupContent } from '../store/file/inspect-backup.ts'
import { syncToDisk } from '../store/file/sync-to-disk.ts'
import { vaultFileOf } from '../vault/open-vault.ts'
import { backupFolderOf, isBackupName } from './backup-folder.ts'
import { giveName } from './give-name.ts'

export interface WrittenBackup extends BackupContent {
  readonly file: string
  readonly bytes: number
}

export interface BackupInput {
  readonly dataDir: string
  readonly file: string
  readonly version: string
  /** Ms since the epoch. */
  readonly now: number
  readonly replace: boolean
  /** What it is called while it is written. */
  readonly temporary?: string
}

/** Whether a file is one of those that Rollcall works with; other ones may stand beside them, such as backups in their folder. */
function isOwnFile(dataDir: string, file: string): boolean {
  const name = basename(file).toLowerCase()
  const folder = realpathSync(dirname(file))
  if (folder === realpathSync(dataDir))
    return [databaseFileName, journalFileName, 'rollcall.lock'].some((each) => name.startsWith(each))
  const vault = dirname(vaultFileOf(dataDir))
  return existsSync(vault) && folder === realpathSync(vault)
}

/** Where a backup cannot be written for want of access. */
const elsewhere = 'Choose another folder.'

export function isFolder(file: string): boolean {
  return isThere(file, elsewhere) && statSync(file).isDirectory()
}

/** The folder `backups` of the data directory is made if need be, for its owner alone. */
function makeOwnFolder(dataDir: string, folder: string): void {
  if (folder !== backupFolderOf(dataDir, null)) return
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw toStoreError(error, folder) ?? error
  }
}

/**
 * Writes a backup: one file, a copy of the database as of one moment. Secrets are in the vault and not part of it; neither is the journal.
 * The file appears whole or not at all. Throws `Refusal` when it exists and `replace` is not set, and for a place where
 * no backup can be.
 */
export function writeBackup(input: BackupInput): WrittenBackup {
  const { dataDir, file, temporary = temporaryOf(file) } = input
  const source = join(dataDir, databaseFileName)
  if (!isThere(source)) throw new Refusal(noDataIn(dataDir))
  makeOwnFolder(dataDir, dirname(file))
  if (isFolder(file)) throw new Refusal(`${file} is a folder. Name a file in it.`)
  // A device or a pipe would be replaced like a file, to everybody's surprise.
  if (isThere(file, elsewhere) && !statSync(file).isFile())
    throw new Refusal(`${file} is no file. Choose another name.`)
  if (!isThere(dirname(file), elsewhere)) throw new Refusal(`There is no folder ${dirname(file)}. Make it first.`)
  if (isOwnFile(dataDir, file))
    throw new Refusal(`${file} is part of the data that is to be backed up. Choose another name.`)
  // SQLite would read that log into the backup.
  if (isThere(`${file}-wal`, elsewhere))
    throw new Refusal(`${file} is a database that somebody works with: ${file}-wal belongs to it. Choose another name.`)
  try {
    copyDatabase(source, temporary, { format: backupFormat, version: input.version, createdAt: input.now })
    const content = inspectBackup(temporary)
    if (input.replace) renameSync(temporary, file)
    else giveName(temporary, file)
    syncToDisk(dirname(file))
    removeHalfWritten(dirname(file), input.now, (name) => name === basename(file) || isBackupName(name))
    return { file, bytes: statSync(file).size, ...content }
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new Refusal(`${file} exists already. Choose another name, or replace it with --yes.`)
    // Of the two only the backup is written to, and so it is its disk that is full.
    const cause = error instanceof StoreError && error.code === 'full' ? error.cause : error
    throw toStoreError(cause, file) ?? error
  } finally {
    rmSync(temporary, { force: true })
  }
}

import type { Database } from 'better-sqlite3'
import { backupFormat, type BackupLabel } from './database-copy.ts'
import { newestVersion } from '../migrations/migrate.ts'
import { isPresentIntegration } from '../configuration/integrations.ts'
import { migrations } from '../migrations/migrations.ts'
import { refuseForeignSchema } from './refuse-foreign-schema.ts'
import { StoreError } from '../store-error.ts'
import { withDatabase } from './with-database.ts'

export interface BackupContent {
  /** Undefined for a plain copy of a database, which can be restored as well. */
  readonly label: BackupLabel | undefined
  readonly schemaVersion: number
  readonly users: number
  readonly groups: number
  readonly integrations: number
}

function isTable(connection: Database, name: string): boolean {
  return connection.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !== undefined
}

function count(connection: Database, sql: string): number {
  return Number(connection.prepare(sql).pluck().get())
}

function readLabel(connection: Database): BackupLabel | undefined {
  if (!isTable(connection, 'backup_label')) return undefined
  return connection.prepare<[], BackupLabel>('select format, version, created_at as createdAt from backup_label').get()
}

/**
 * Examines a file that is to be restored. Throws `StoreError` for one that is damaged, newer than this version, or no database of Rollcall.
 */
export function inspectBackup(file: string): BackupContent {
  try {
    return inspect(file)
  } catch (error) {
    // The store's own words speak of the database in use, and advise to restore a backup.
    if (error instanceof StoreError && error.code === 'damaged') throw damagedBackup(file, error)
    throw error
  }
}

function damagedBackup(file: string, cause?: unknown): StoreError {
  return new StoreError(
    'damaged',
    `${file} is damaged, or no backup of Rollcall. Nothing was changed. Use another file.`,
    cause,
  )
}

function inspect(file: string): BackupContent {
  return withDatabase(file, true, (connection) => {
    if (!isTable(connection, 'settings') || !isTable(connection, 'users') || !isTable(connection, 'integrations'))
      throw new StoreError('unreadable', `${file} is no backup of Rollcall. Nothing was changed.`)
    const schemaVersion = Number(connection.pragma('user_version', { simple: true }))
    const label = readLabel(connection)
    if (schemaVersion > newestVersion(migrations) || (label?.format ?? 0) > backupFormat)
      throw new StoreError(
        'newer',
        `${file} was made by a newer version of Rollcall${label ? ` (${label.version})` : ''}. Nothing was changed. Install that version.`,
      )
    refuseForeignSchema(connection, file)
    const [problem] = connection.prepare<[], string>('pragma integrity_check(1)').pluck().all()
    if (problem !== 'ok') throw damagedBackup(file)
    return {
      label,
      schemaVersion,
      users: count(connection, 'select count(*) from users where archived_at is null'),
      groups: count(connection, 'select count(*) from groups where archived_at is null'),
      integrations: count(connection, `select count(*) from integrations where ${isPresentIntegration}`),
    }
  })
}

import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { migrations } from './migrations.ts'
import { StoreError, toStoreError } from './store-error.ts'

/** What stands in a backup about itself. `format` is that of the backup, not of the database in it. */
export interface BackupLabel {
  readonly format: number
  /** The version of Rollcall that made it. */
  readonly version: string
  /** Ms since the epoch. */
  readonly createdAt: number
}

export interface BackupContent {
  /** Undefined for a plain copy of a database, which can be restored as well. */
  readonly label: BackupLabel | undefined
  readonly schemaVersion: number
  readonly users: number
  readonly groups: number
  readonly integrations: number
}

/** The vault that the tokens of a database are in. */
export interface VaultSettings {
  readonly kind: string | undefined
  readonly id: string | undefined
}

export const backupFormat = 1

const newestSchema = migrations.at(-1)?.version ?? 0

/** Makes what was written to a file or folder outlast a power cut. */
export function sync(path: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Runs with a connection that is closed afterwards; what SQLite throws comes out as `StoreError`. */
function withDatabase<Result>(file: string, readonly: boolean, use: (connection: Database.Database) => Result): Result {
  let connection: Database.Database | undefined
  try {
    connection = new Database(file, { readonly, fileMustExist: true })
    connection.pragma('busy_timeout = 10000')
    return use(connection)
  } catch (error) {
    throw toStoreError(error, file) ?? error
  } finally {
    connection?.close()
  }
}

/**
 * Writes a consistent copy of a database into a new file, for its owner alone, while others go on reading and writing.
 * The copy has no write-ahead log and is on the disk when this returns. Throws `StoreError`.
 */
export function copyDatabase(source: string, target: string, label: BackupLabel): void {
  closeSync(openSync(target, 'wx', 0o600))
  try {
    // VACUUM INTO reads in one transaction; SQLite's backup API would begin again with every write of another process.
    withDatabase(source, true, (connection) => connection.prepare('vacuum into ?').run(target))
    withDatabase(target, false, (connection) => {
      connection.exec(
        'create table backup_label (format integer not null, version text not null, created_at integer not null) strict',
      )
      connection.prepare('insert into backup_label values (?, ?, ?)').run(label.format, label.version, label.createdAt)
    })
    sync(target)
  } catch (error) {
    rmSync(target, { force: true })
    throw error
  }
}

function isTable(connection: Database.Database, name: string): boolean {
  return connection.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !== undefined
}

function count(connection: Database.Database, sql: string): number {
  return Number(connection.prepare(sql).pluck().get())
}

function readLabel(connection: Database.Database): BackupLabel | undefined {
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
    const [problem] = connection.prepare<[], string>('pragma integrity_check(1)').pluck().all()
    if (problem !== 'ok') throw damagedBackup(file)
    if (!isTable(connection, 'settings') || !isTable(connection, 'users') || !isTable(connection, 'integrations'))
      throw new StoreError('unreadable', `${file} is no backup of Rollcall. Nothing was changed.`)
    const schemaVersion = Number(connection.pragma('user_version', { simple: true }))
    const label = readLabel(connection)
    if (schemaVersion > newestSchema || (label?.format ?? 0) > backupFormat)
      throw new StoreError(
        'newer',
        `${file} was made by a newer version of Rollcall${label ? ` (${label.version})` : ''}. Nothing was changed. Install that version.`,
      )
    return {
      label,
      schemaVersion,
      users: count(connection, 'select count(*) from users where archived_at is null'),
      groups: count(connection, 'select count(*) from groups where archived_at is null'),
      integrations: count(connection, 'select count(*) from integrations'),
    }
  })
}

/** Which vault a database uses; undefined when the database is not there or cannot be read. */
export function readVaultSettings(file: string): VaultSettings | undefined {
  try {
    return withDatabase(file, true, (connection) => {
      const get = connection.prepare<[string], string>('select value from settings where name = ?').pluck()
      return { kind: get.get('vault_kind'), id: get.get('vault_id') }
    })
  } catch (error) {
    // A damaged database is the very reason to restore one.
    if (error instanceof StoreError) return undefined
    if (error instanceof Database.SqliteError) return undefined
    throw error
  }
}

/** Turns a copied backup into a database of this data directory: the label goes, and the vault is the one that is here. */
export function adaptCopy(file: string, vault: VaultSettings): void {
  withDatabase(file, false, (connection) => {
    connection.exec('drop table if exists backup_label')
    const set = connection.prepare(
      'insert into settings (name, value) values (?, ?) on conflict do update set value = excluded.value',
    )
    const remove = connection.prepare('delete from settings where name = ?')
    for (const [name, value] of [
      ['vault_kind', vault.kind],
      ['vault_id', vault.id],
    ] as const) {
      if (value === undefined) remove.run(name)
      else set.run(name, value)
    }
  })
  sync(file)
}

/** Writes what is in the log of a database into the database, so that one file holds it all. Returns whether that was possible. */
export function foldLog(file: string): boolean {
  try {
    withDatabase(file, false, (connection) => connection.pragma('wal_checkpoint(TRUNCATE)'))
    return true
  } catch (error) {
    if (error instanceof StoreError || error instanceof Database.SqliteError) return false
    throw error
  }
}

/** What `PRAGMA quick_check` finds first, and the format of the database. Throws `StoreError` when it cannot even be opened. */
export function quickCheck(file: string): {
  readonly problem: string | undefined
  readonly schemaVersion: number
  readonly newest: number
} {
  return withDatabase(file, true, (connection) => {
    const [first] = connection.prepare<[], string>('pragma quick_check(1)').pluck().all()
    return {
      problem: first === 'ok' ? undefined : (first ?? 'no answer'),
      schemaVersion: Number(connection.pragma('user_version', { simple: true })),
      newest: newestSchema,
    }
  })
}

import { closeSync, openSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { refuseNewer } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { openDatabase, type Connection } from './open-database.ts'
import { refuseForeignSchema } from './refuse-foreign-schema.ts'
import { StoreError } from '../store-error.ts'
import { syncToDisk } from './sync-to-disk.ts'
import type { VaultSettings } from '../configuration/vault-settings.ts'
import { withDatabase } from './with-database.ts'

/** What stands in a backup about itself. `format` is that of the backup, not of the database in it. */
export interface BackupLabel {
  readonly format: number
  /** The version of Rollcall that made it. */
  readonly version: string
  /** Ms since the epoch. */
  readonly createdAt: number
}

export const backupFormat = 1

/**
 * Writes a consistent copy of a database into a new file, for its owner alone, while others go on reading and writing.
 * The copy has no write-ahead log and is on the disk when this returns. Throws `StoreError`.
 */
export function copyDatabase(source: string, target: string, label: BackupLabel): void {
  closeSync(openSync(target, 'wx', 0o600))
  try {
    // VACUUM INTO reads in one transaction; SQLite's backup API would begin again with every write of another process.
    withDatabase(source, true, (connection) => {
      refuseNewer(connection, source, migrations)
      connection.prepare('vacuum into ?').run(target)
    })
    withDatabase(target, false, (connection) => {
      connection.exec(
        'create table backup_label (format integer not null, version text not null, created_at integer not null) strict',
      )
      connection.prepare('insert into backup_label values (?, ?, ?)').run(label.format, label.version, label.createdAt)
      // A restore must not let in again who has been signed out since.
      connection.exec('delete from console_keys; delete from console_sessions')
    })
    syncToDisk(target)
  } catch (error) {
    // SQLite leaves its journal on a disk that is full.
    for (const left of [target, `${target}-journal`]) rmSync(left, { force: true })
    throw error
  }
}

function hasTable(connection: Connection, name: string): boolean {
  return connection.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(name) !== undefined
}

/** A backup holds no keys and sessions of the console, but a database that was put aside does, and somebody may have been signed out since. */
function forgetAccess(connection: Connection): void {
  for (const table of ['console_keys', 'console_sessions'])
    if (hasTable(connection, table)) connection.exec(`delete from ${table}`)
}

/** What waited to be told when the backup was made has been told since, or is no news any more; the journal that was looked through is another. */
function forgetNotifications(connection: Connection): void {
  if (!hasTable(connection, 'outbox')) return
  connection.exec("delete from outbox; delete from notify_marks where name like 'cycles:%'")
}

/** Turns a copied backup into a database of this data directory: the label goes, and the vault is the one that is here. */
export function adaptCopy(file: string, vault: VaultSettings): void {
  withDatabase(file, false, (connection) => {
    // The file that was examined may be another one by now.
    refuseForeignSchema(connection, file)
    connection.exec('drop table if exists backup_label')
    forgetAccess(connection)
    forgetNotifications(connection)
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
  syncToDisk(file)
}

/** Settings that belong to the data directory and its vault rather than to the data. */
const ofTheDirectory = ['vault_since', 'vault_moving', 'vault_leaving', 'console_password_at', 'last_backup']

/** Each is carried over as far as it goes: a database that is damaged or older has less to give. */
const carried: readonly string[] = [
  'insert or ignore into secret_names (name) select name from here.secret_names',
  'insert or ignore into console_keys select * from here.console_keys',
  'insert or ignore into console_sessions select * from here.console_sessions',
  'delete from backup_runs',
  'insert into backup_runs select * from here.backup_runs',
  // Cycles and failures are in the journal by the number of an integration, so one that the backup does not know stays as a deleted one.
  `insert into integrations (id, directory_id, slug, name, idp, enabled, administrator_seq, policy, created_at, deleted_at, former_slug)
   select id, (select min(id) from directories), 'deleted ' || id, name, idp, 0, (select min(seq) from users), policy, created_at,
     coalesce(deleted_at, cast(unixepoch('subsec') * 1000 as integer)), coalesce(former_slug, slug)
   from here.integrations where id > (select coalesce(max(id), 0) from integrations)`,
  ...ofTheDirectory.flatMap((name) => [
    `delete from settings where name = '${name}'`,
    `insert into settings select * from here.settings where name = '${name}'`,
  ]),
]

/**
 * Brings a copied backup to this version, and takes over what belongs to the data directory: who is signed in to the console by now, what is in
 * its vault, and what became of its backups. `present` is the database that is replaced; it may be damaged or missing.
 */
export function carryOver(file: string, present: string): void {
  const options = { file, migrations, synchronous: 'FULL', cacheKib: 8 * 1024, role: 'writer' } as const
  openDatabase(options).close()
  withDatabase(file, false, (connection) => {
    for (const statement of ['attach database ? as here', ...carried])
      try {
        connection.prepare(statement).run(...(statement.startsWith('attach') ? [present] : []))
      } catch (error) {
        if (!(error instanceof StoreError || error instanceof Database.SqliteError)) throw error
      }
  })
  syncToDisk(file)
}

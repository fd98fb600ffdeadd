import type { Database } from 'better-sqlite3'
import Sqlite from 'better-sqlite3'
import { isPresentIntegration } from '../configuration/integrations.ts'
import { StoreError } from '../store-error.ts'
import { withDatabase } from './with-database.ts'

/** How the resources of one kind differ between a backup and the data that is in use. */
export interface ResourceDifference {
  /** There now and not in the backup: a restore takes them away. */
  readonly onlyHere: number
  /** In the backup and not there now: a restore brings them back. */
  readonly onlyThere: number
  /** In both, with another version. */
  readonly changed: number
}

export interface BackupDifference {
  readonly users: ResourceDifference
  readonly groups: ResourceDifference
}

export interface BackupIntegration {
  readonly slug: string
  readonly name: string
  readonly idp: string
  /** The prefix of its token in use at that time; null when it had none. */
  readonly tokenPrefix: string | null
}

function count(connection: Database, sql: string): number {
  return Number(connection.prepare(sql).pluck().get())
}

// A resource keeps its row for as long as it is there; a row that was given anew has another id.
function differenceOf(connection: Database, table: 'users' | 'groups'): ResourceDifference {
  const missing = (from: string, to: string) =>
    count(
      connection,
      `select count(*) from ${from}.${table} a where a.archived_at is null
         and not exists (select 1 from ${to}.${table} b where b.seq = a.seq and b.id = a.id and b.archived_at is null)`,
    )
  return {
    onlyHere: missing('here', 'main'),
    onlyThere: missing('main', 'here'),
    changed: count(
      connection,
      `select count(*) from here.${table} a join main.${table} b on b.seq = a.seq and b.id = a.id
         where a.archived_at is null and b.archived_at is null and a.version <> b.version`,
    ),
  }
}

/** What a restore of a backup would change; undefined when the two cannot be compared, as with data that is damaged. Both are only read. */
export function compareBackup(file: string, present: string): BackupDifference | undefined {
  try {
    return withDatabase(file, true, (connection) => {
      connection.prepare('attach database ? as here').run(present)
      return { users: differenceOf(connection, 'users'), groups: differenceOf(connection, 'groups') }
    })
  } catch (error) {
    if (error instanceof StoreError || error instanceof Sqlite.SqliteError) return undefined
    throw error
  }
}

/** The integrations in a backup. */
export function integrationsOfBackup(file: string): readonly BackupIntegration[] {
  return withDatabase(file, true, (connection) =>
    connection
      .prepare<[], BackupIntegration>(
        `select slug, name, idp,
           (select prefix from tokens t where t.integration_id = i.id and t.state = 'active' order by t.id desc limit 1) as tokenPrefix
         from integrations i where ${isPresentIntegration} order by i.id`,
      )
      .all(),
  )
}

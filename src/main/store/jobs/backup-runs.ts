import type { Connection } from '../file/open-database.ts'

export interface BackupRunRow {
  readonly id: number
  readonly started_at: number
  /** Null while it is under way, or when the server was ended meanwhile. */
  readonly ended_at: number | null
  readonly started_by: 'schedule' | 'console' | 'command line'
  readonly file: string | null
  readonly bytes: number | null
  readonly users: number | null
  readonly groups: number | null
  readonly integrations: number | null
  /** Why it failed. */
  readonly problem: string | null
}

/** How a backup ended. */
export type BackupRunEnd = Pick<BackupRunRow, 'file' | 'bytes' | 'users' | 'groups' | 'integrations' | 'problem'>

const columns = 'id, started_at, ended_at, started_by, file, bytes, users, groups, integrations, problem'

/** What became of the backups, the newest first. */
export function prepareBackupRunReads(connection: Connection) {
  const newest = connection.prepare<[number], BackupRunRow>(
    `select ${columns} from backup_runs order by id desc limit ?`,
  )
  const lastGood = connection.prepare<[], BackupRunRow>(
    `select ${columns} from backup_runs where ended_at is not null and problem is null order by id desc limit 1`,
  )
  const lastScheduled = connection.prepare<[], BackupRunRow>(
    `select ${columns} from backup_runs where started_by = 'schedule' order by id desc limit 1`,
  )
  return {
    newest: (limit: number) => newest.all(limit),
    lastGood: () => lastGood.get(),
    lastScheduled: () => lastScheduled.get(),
  }
}

export function prepareBackupRunWrites(connection: Connection) {
  const begin = connection.prepare('insert into backup_runs (started_at, started_by) values (?, ?)')
  const end = connection.prepare(
    'update backup_runs set ended_at = ?, file = ?, bytes = ?, users = ?, groups = ?, integrations = ?, problem = ? where id = ?',
  )
  const forget = connection.prepare('delete from backup_runs where id = ?')
  const tidy = connection.prepare(
    'delete from backup_runs where id <= (select max(id) from backup_runs) - ? and id <> (select max(id) from backup_runs where ended_at is not null and problem is null)',
  )
  return {
    begin: (at: number, by: BackupRunRow['started_by']) => Number(begin.run(at, by).lastInsertRowid),
    end(id: number, at: number, how: BackupRunEnd): void {
      end.run(at, how.file, how.bytes, how.users, how.groups, how.integrations, how.problem, id)
    },
    forget: (id: number) => void forget.run(id),
    /** Keeps the newest, and the newest that was good. */
    tidy: (keep: number) => void tidy.run(keep),
  }
}

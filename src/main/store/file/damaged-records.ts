import type { Connection } from './open-database.ts'
import { withDatabase } from './with-database.ts'

/** Resources whose stored document a disk has spoilt. */
export interface DamagedRecords {
  readonly count: number
  /** The name of the first of them. */
  readonly first: string
}

function damagedIn(connection: Connection, table: 'users' | 'groups', name: string): DamagedRecords | undefined {
  return connection
    .prepare<[], DamagedRecords>(
      `select count(*) over () as count, ${name} as first from ${table} where not json_valid(doc) order by seq limit 1`,
    )
    .get()
}

/** Reads every document, for SQLite itself does not look into them; undefined where all are whole. Throws `StoreError`. */
export function damagedRecords(file: string): {
  readonly users: DamagedRecords | undefined
  readonly groups: DamagedRecords | undefined
} {
  return withDatabase(file, true, (connection) => ({
    users: damagedIn(connection, 'users', 'user_name'),
    groups: damagedIn(connection, 'groups', 'display_name'),
  }))
}

import Sqlite from 'better-sqlite3'
import { StoreError } from '../store-error.ts'
import { withDatabase } from './with-database.ts'

/**
 * Whether an integration has the number that another one has in the other database, as in a backup of another machine. False when the two
 * cannot be compared, as with data that is damaged. Both are only read.
 */
export function integrationNumbersMeet(file: string, present: string): boolean {
  try {
    return withDatabase(file, true, (connection) => {
      connection.prepare('attach database ? as here').run(present)
      // Its moment is that of the row, which no change touches.
      const meeting =
        'select 1 from here.integrations a join main.integrations b using (id) where a.created_at <> b.created_at'
      return connection.prepare(meeting).get() !== undefined
    })
  } catch (error) {
    if (error instanceof StoreError || error instanceof Sqlite.SqliteError) return false
    throw error
  }
}

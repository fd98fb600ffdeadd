import { newestVersion } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { withDatabase } from './with-database.ts'

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
      newest: newestVersion(migrations),
    }
  })
}

/** Whether a database is of the format of this version; it is only read. Throws `StoreError`. */
export function quickVersion(file: string): { readonly isCurrent: boolean } {
  return withDatabase(file, true, (connection) => ({
    isCurrent: Number(connection.pragma('user_version', { simple: true })) === newestVersion(migrations),
  }))
}

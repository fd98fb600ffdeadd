import { statSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFileName } from './database-file-names.ts'
import { newestVersion } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { isOnReadOnlyDisk } from './read-only-disk.ts'
import { StoreError } from '../store-error.ts'
import { withDatabase } from './with-database.ts'

/** Throws `StoreError` for a database that would have to be brought to the format of this version before it can be read. */
export function refuseOlder(dataDir: string): void {
  const file = join(dataDir, databaseFileName)
  const format = olderFormat(file)
  if (format !== undefined)
    throw new StoreError(
      'read-only',
      `${file} is of format ${format}, and cannot be brought to ${newestVersion(migrations)} on a disk that can only be read. Copy the data directory to one that can be written.`,
    )
}

/** The format of a database that is of an older version than this one; undefined for any other, and where there is none or it cannot be read. */
function olderFormat(file: string): number | undefined {
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return undefined
    const format = withDatabase(file, true, (connection) => Number(connection.pragma('user_version', { simple: true })))
    return format > 0 && format < newestVersion(migrations) ? format : undefined
  } catch (error) {
    // Whoever opens it to work with it tells why.
    if (error instanceof StoreError || (error instanceof Error && 'code' in error)) return undefined
    throw error
  }
}

/** Tells the operator, in one line, that the next opening brings the database to the format of this version: with many users that takes long. */
export function tellMigration(dataDir: string, tell: (message: string) => void): void {
  const file = join(dataDir, databaseFileName)
  const format = isOnReadOnlyDisk(file) ? undefined : olderFormat(file)
  if (format !== undefined)
    tell(
      `${file} is of format ${format} and is brought to ${newestVersion(migrations)} now. With many users that takes minutes; ended half-way, it begins again and loses nothing.`,
    )
}

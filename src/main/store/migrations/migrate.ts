import type { Database } from 'better-sqlite3'
import { StoreError, toStoreError } from '../store-error.ts'

/** One numbered step forward; there is no way back. `version` is what `PRAGMA user_version` says afterwards. */
export interface Migration {
  readonly version: number
  readonly sql: string
  /** Whether it writes to `sqlite_schema` itself, which SQLite allows in no other step. */
  readonly rewritesSchema?: boolean
}

function versionOf(connection: Database): number {
  return Number(connection.pragma('user_version', { simple: true }))
}

/** The version of a file that all steps have been taken on. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

/** Throws `StoreError` with code `newer` for a file that a newer version has written. */
export function refuseNewer(connection: Database, file: string, migrations: readonly Migration[]): void {
  const newest = newestVersion(migrations)
  const found = versionOf(connection)
  if (found > newest)
    throw new StoreError(
      'newer',
      `${file} was written by a newer version of Rollcall (format ${found}; this version knows ${newest}). Nothing was changed. Install the newer version.`,
    )
}

/** Takes steps in one transaction, unless another process has been faster: the file has to be of a format before theirs by then. */
function takeSteps(
  connection: Database,
  file: string,
  isBefore: (format: number) => boolean,
  steps: readonly Migration[],
): void {
  try {
    connection
      .transaction(() => {
        if (!isBefore(versionOf(connection))) return
        for (const { sql, rewritesSchema = false } of steps) {
          connection.unsafeMode(rewritesSchema)
          connection.exec(sql)
        }
        connection.pragma(`user_version = ${newestVersion(steps)}`)
      })
      .immediate()
  } catch (error) {
    if (toStoreError(error, file)?.code !== 'busy') throw error
    throw new StoreError(
      'busy',
      `${file} is of an older format, and another process works on it, such as one that brings it to the present format. That may take minutes. Try again then.`,
      error,
    )
  } finally {
    connection.unsafeMode(false)
  }
}

/**
 * Brings a file to the newest version, each step in a transaction of its own. One that is new gets all of them at once: nobody comes upon it
 * half-way, and takes it for one of an older version.
 * Throws `StoreError` with code `newer` for a file that a newer version has written, and `busy` while another process has it.
 */
export function migrate(connection: Database, file: string, migrations: readonly Migration[]): void {
  refuseNewer(connection, file, migrations)
  if (versionOf(connection) === 0) takeSteps(connection, file, (format) => format === 0, migrations)
  for (const step of migrations)
    if (versionOf(connection) < step.version) takeSteps(connection, file, (format) => format < step.version, [step])
}

import Database from 'better-sqlite3'
import { StoreError } from '../store-error.ts'
import { withDatabase } from '../file/with-database.ts'

/** The vault that the tokens of a database are in. */
export interface VaultSettings {
  readonly kind: string | undefined
  readonly id: string | undefined
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

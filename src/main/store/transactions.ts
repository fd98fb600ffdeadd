import type { Connection } from './open-database.ts'

/** Transactions of the writer: one around everything that waits together, a savepoint around each request in it. */
export function prepareTransactions(connection: Connection) {
  const begin = connection.prepare('begin immediate')
  const commit = connection.prepare('commit')
  const rollback = connection.prepare('rollback')
  const savepoint = connection.prepare('savepoint request')
  const release = connection.prepare('release request')
  const undo = connection.prepare('rollback to request')
  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    /** Does nothing when SQLite has rolled back by itself, as it does on a full disk. */
    rollback(): void {
      if (connection.inTransaction) rollback.run()
    },
    savepoint: () => void savepoint.run(),
    release: () => void release.run(),
    undo(): void {
      undo.run()
      release.run()
    },
    isOpen: () => connection.inTransaction,
  }
}

export type Transactions = ReturnType<typeof prepareTransactions>

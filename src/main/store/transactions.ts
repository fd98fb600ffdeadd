import type { Connection } from './file/open-database.ts'
import type { PositionWrites } from './resources/positions.ts'

/**
 * Transactions of the writer: one around everything that waits together, a savepoint around what may have to be undone alone. Savepoints nest.
 * The counts of what is listed follow them and are written with the commit.
 */
export function prepareTransactions(connection: Connection, positions: PositionWrites) {
  const marks: number[] = []
  const begin = connection.prepare('begin immediate')
  const commit = connection.prepare('commit')
  const rollback = connection.prepare('rollback')
  const savepoint = connection.prepare('savepoint request')
  const release = connection.prepare('release request')
  const undo = connection.prepare('rollback to request')
  const totalChanges = connection.prepare<[], number>('select total_changes()').pluck()
  return {
    begin: () => void begin.run(),
    commit(): void {
      positions.write()
      commit.run()
    },
    /** Does nothing when SQLite has rolled back by itself, as it does on a full disk. */
    rollback(): void {
      marks.length = 0
      positions.takeBack(0)
      if (connection.inTransaction) rollback.run()
    },
    savepoint(): void {
      marks.push(positions.mark())
      savepoint.run()
    },
    release(): void {
      marks.pop()
      release.run()
    },
    undo(): void {
      positions.takeBack(marks.pop() ?? 0)
      undo.run()
      release.run()
    },
    /** How much has been changed so far: the same number twice says that nothing has been changed in between. */
    changes: () => Number(totalChanges.get()) + positions.mark(),
    isOpen: () => connection.inTransaction,
  }
}

export type Transactions = ReturnType<typeof prepareTransactions>

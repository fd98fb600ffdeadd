import type { Connection } from './file/open-database.ts'

/** Several reads of one connection that see the same moment, and of which only the first has to lock the file. */
export interface Snapshot {
  /** Fixes the moment, unless one is fixed already. */
  begin(): void
  /** Lets go of it: the next read sees what has been committed by then. Does nothing where none is fixed. */
  end(): void
}

export function prepareSnapshot(connection: Connection): Snapshot {
  const begin = connection.prepare('begin')
  const end = connection.prepare('commit')
  return {
    begin() {
      if (!connection.inTransaction) begin.run()
    },
    end() {
      if (connection.inTransaction) end.run()
    },
  }
}

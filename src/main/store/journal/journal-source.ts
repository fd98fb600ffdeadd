import { watchPlace } from '../file/file-place.ts'
import { newestVersion } from '../migrations/migrate.ts'
import type { Connection } from '../file/open-database.ts'
import { formatOf, openJournalForReading } from './journal-file.ts'
import { journalMigrations } from './migrations.ts'

/** What is read from a journal that may not exist yet, and that its writer may bring to the present format or begin anew meanwhile. */
export interface JournalSource<Reads> {
  /** Undefined while there is no journal. Throws `StoreError`. */
  reads(): Reads | undefined
  close(): void
}

export function openJournalSource<Reads>(
  file: string,
  prepare: (connection: Connection) => Reads,
): JournalSource<Reads> {
  /** The last one is in use. Somebody may be in the midst of reading from one before it. */
  const opened: Connection[] = []
  let open:
    | {
        readonly connection: Connection
        readonly reads: Reads
        readonly format: number
        readonly isInPlace: () => boolean
      }
    | undefined

  return {
    reads() {
      if (
        open?.isInPlace() &&
        (open.format === newestVersion(journalMigrations) || open.format === formatOf(open.connection))
      )
        return open.reads
      open = undefined
      const connection = openJournalForReading(file)
      if (connection === undefined) return undefined
      opened.push(connection)
      open = {
        connection,
        format: formatOf(connection),
        reads: prepare(connection),
        isInPlace: watchPlace(connection),
      }
      return open.reads
    },
    close() {
      for (const connection of opened.splice(0)) connection.close()
      open = undefined
    },
  }
}

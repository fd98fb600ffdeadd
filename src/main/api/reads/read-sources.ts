import { join } from 'node:path'
import { openJournalReader, type JournalReader } from '../../journal/journal-reader.ts'
import { prepareChangeReads } from '../../store/changes.ts'
import { journalFileName, openReaderConnection } from '../../store/database-files.ts'
import { prepareRosterSearch, type RosterSearch } from '../../store/roster-search.ts'
import { createExports, type Exports } from './export-reads.ts'
import { createTrafficLog, type TrafficLog } from './traffic-log.ts'

/** What the thread of the console's reads works with. */
export interface ReadSources {
  readonly dataDir: string
  /** Of Rollcall. */
  readonly version: string
  readonly search: RosterSearch
  readonly changes: ChangeReads
  readonly journal: JournalReader
  readonly traffic: TrafficLog
  readonly exports: Exports
  close(): void
}

type ChangeReads = ReturnType<typeof prepareChangeReads>

/** What the thread is started with. */
export type ReadThreadData = Pick<ReadSources, 'dataDir' | 'version'>

/** Opens both databases for reading. */
export function openReadSources({ dataDir, version }: ReadThreadData): ReadSources {
  const journal = openJournalReader(join(dataDir, journalFileName))
  const connection = openReaderConnection(dataDir)
  return {
    dataDir,
    version,
    journal,
    search: prepareRosterSearch(connection),
    changes: prepareChangeReads(connection),
    traffic: createTrafficLog(journal),
    exports: createExports(journal, version),
    close() {
      connection.close()
      journal.close()
    },
  }
}

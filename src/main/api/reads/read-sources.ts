import { join } from 'node:path'
import { openJournalReader, type JournalReader } from '../../journal/journal-reader.ts'
import { journalFileName, openReaderConnection } from '../../store/database-files.ts'
import { prepareRosterSearch, type RosterSearch } from '../../store/roster-search.ts'
import { createExports, type Exports } from './export-reads.ts'
import { createTrafficLog, type TrafficLog } from './traffic-log.ts'

/** What the thread of the console's reads works with. */
export interface ReadSources {
  readonly dataDir: string
  readonly search: RosterSearch
  readonly journal: JournalReader
  readonly traffic: TrafficLog
  readonly exports: Exports
}

/** Opens both databases for reading. */
export function openReadSources(dataDir: string): ReadSources {
  const journal = openJournalReader(join(dataDir, journalFileName))
  return {
    dataDir,
    journal,
    search: prepareRosterSearch(openReaderConnection(dataDir)),
    traffic: createTrafficLog(journal),
    exports: createExports(journal),
  }
}

import { join } from 'node:path'
import { createPlanViews } from '../../conversion/plan-views.ts'
import { createPlans } from '../../conversion/plans.ts'
import { openJournalReader, type JournalReader } from '../../journal/journal-reader.ts'
import { journalFileName, openReaderConnection } from '../../store/database-files.ts'
import { prepareRosterSearch, type RosterSearch } from '../../store/roster-search.ts'
import { prepareStoreReads, type StoreReads } from '../../store/store-reads.ts'
import { createExports, type Exports } from './export-reads.ts'
import { createTrafficLog, type TrafficLog } from './traffic-log.ts'

/** What the thread of the console's reads works with. */
export interface ReadSources {
  readonly dataDir: string
  /** Of Rollcall. */
  readonly version: string
  readonly search: RosterSearch
  readonly journal: JournalReader
  readonly traffic: TrafficLog
  readonly exports: Exports
  readonly store: StoreReads
  readonly planViews: ReturnType<typeof createPlanViews>
  close(): void
}

/** What the thread is started with. */
export type ReadThreadData = Pick<ReadSources, 'dataDir' | 'version'>

/** Opens both databases for reading. */
export function openReadSources({ dataDir, version }: ReadThreadData): ReadSources {
  const journal = openJournalReader(join(dataDir, journalFileName))
  const connection = openReaderConnection(dataDir)
  const store = prepareStoreReads(connection)
  return {
    dataDir,
    version,
    journal,
    search: prepareRosterSearch(connection),
    traffic: createTrafficLog(journal),
    exports: createExports(journal, version),
    store,
    planViews: createPlanViews(store, createPlans(dataDir, Date.now)),
    close() {
      connection.close()
      journal.close()
    },
  }
}

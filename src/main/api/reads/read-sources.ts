import { join } from 'node:path'
import { createPlanViews } from '../../conversion/plan/plan-views.ts'
import { createPlans } from '../../conversion/plan/plans.ts'
import { openJournalReader, type JournalReader } from '../../journal/search/journal-reader.ts'
import { prepareAttributeUsage } from '../../store/configuration/attribute-usage.ts'
import { journalFileName } from '../../store/file/database-file-names.ts'
import { openReaderConnection } from '../../store/file/database-files.ts'
import { prepareNameSearch, type NameSearch } from '../../store/lists/name-search.ts'
import { prepareRosterSearch, type RosterSearch } from '../../store/roster/search-rosters.ts'
import { prepareFindMembers } from '../../store/roster/find-members.ts'
import { prepareStoreReads, type StoreReads } from '../../store/store-reads.ts'
import { createExports, type Exports } from './export-reads.ts'
import { createImportReads, type ImportReads } from './import-reads.ts'
import { createKnownNames, type KnownNames } from './known-names.ts'
import { createTextPieces, type TextPieces } from './text-pieces.ts'
import { createTrafficLog, type TrafficLog } from './traffic-log.ts'

/** What the thread of the console's reads works with. */
export interface ReadSources {
  readonly dataDir: string
  /** Of Rollcall. */
  readonly version: string
  readonly reads: StoreReads
  readonly search: RosterSearch
  readonly nameSearch: NameSearch
  readonly names: KnownNames
  readonly members: ReturnType<typeof prepareFindMembers>
  readonly usage: ReturnType<typeof prepareAttributeUsage>
  readonly journal: JournalReader
  readonly traffic: TrafficLog
  readonly exports: Exports
  readonly pieces: TextPieces
  readonly imports: ImportReads
  readonly planViews: ReturnType<typeof createPlanViews>
  close(): void
}

/** What the thread is started with. */
export type ReadThreadData = Pick<ReadSources, 'dataDir' | 'version'>

/** Opens both databases for reading. */
export function openReadSources({ dataDir, version }: ReadThreadData): ReadSources {
  const connection = openReaderConnection(dataDir)
  const reads = prepareStoreReads(connection)
  const nameSearch = prepareNameSearch(connection)
  const journal = openJournalReader(join(dataDir, journalFileName), (slug) => reads.integrations.bySlug(slug)?.idp)
  return {
    dataDir,
    version,
    journal,
    reads,
    search: prepareRosterSearch(connection),
    nameSearch,
    names: createKnownNames(nameSearch, reads.settings.dataVersion),
    members: prepareFindMembers(connection),
    usage: prepareAttributeUsage(connection),
    traffic: createTrafficLog(journal),
    exports: createExports(journal, version),
    pieces: createTextPieces(),
    imports: createImportReads(reads),
    planViews: createPlanViews(reads, createPlans(dataDir, Date.now)),
    close() {
      connection.close()
      journal.close()
    },
  }
}

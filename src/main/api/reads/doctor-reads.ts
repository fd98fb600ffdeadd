import { examineDatabase, examineJournal } from '../../doctor/examine-databases.ts'
import { examineFolder } from '../../doctor/examine-folder.ts'
import type { Finding } from '../../doctor/finding.ts'
import type { ReadSources } from './read-sources.ts'

/** The checks that read whole files. */
export function examineFiles({ dataDir }: ReadSources): readonly Finding[] {
  return [...examineFolder(dataDir), examineDatabase(dataDir).finding, examineJournal(dataDir)]
}

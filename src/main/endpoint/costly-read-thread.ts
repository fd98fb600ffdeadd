import { parentPort, workerData } from 'node:worker_threads'
import { ScimError, unauthorized } from '../../scim/error.ts'
import { createNotes, type Note } from '../../scim/note.ts'
import { loadDirectoryConfig } from '../directory/directory-config.ts'
import type { Answer } from '../directory/answer.ts'
import type { ReadScope } from '../directory/read-scope.ts'
import { readList, readOne } from '../directory/scim-read.ts'
import { searchAll } from '../directory/search-all.ts'
import { openReaderConnection } from '../store/database-files.ts'
import { prepareStoreReads } from '../store/store-reads.ts'
import type { CostlyRead, CostlyReadReply, CostlyReadThreadData } from './costly-reads.ts'

const data: CostlyReadThreadData = workerData
const reads = prepareStoreReads(openReaderConnection(data.dataDir))
let config = loadDirectoryConfig(reads)

function answer(read: CostlyRead, scope: ReadScope): Answer {
  if (read.kind === 'all') return searchAll(scope, read.query)
  if (read.kind === 'group') return readOne(scope, 'Group', read.id, read.query, read.ifNoneMatch)
  const outcome = readList(scope, read.resource, read.query, true)
  if (outcome.kind === 'costly') throw new Error('a costly read was put off again')
  return outcome.answer
}

/** The endpoint's thread has read the query of a list to see what it costs, and has noted what is to be said of it. */
function newNotes(read: CostlyRead, notes: readonly Note[]): readonly Note[] {
  return read.kind === 'list' ? notes.filter(({ step }) => step !== 'parse') : notes
}

function reply(read: CostlyRead): CostlyReadReply {
  if (reads.settings.configVersion() !== config.version) config = loadDirectoryConfig(reads)
  const integration = config.integrations.get(read.integrationId)
  const models = integration && config.models.get(integration.directoryId)
  // It was deleted while the read waited for its turn.
  if (!integration || !models) {
    const { status, scimType, detail } = unauthorized('The integration of this token has been deleted.')
    return { kind: 'scim-error', error: { status, scimType, detail }, notes: [] }
  }
  const notes = createNotes(integration.policy.strict)
  try {
    const scope: ReadScope = {
      reads,
      models,
      directoryId: integration.directoryId,
      policy: integration.policy,
      view: { integrationId: integration.id, base: read.base, seesGroups: integration.policy.groups },
      limits: data.limits,
      now: read.now,
      notes,
    }
    return { kind: 'answer', answer: answer(read, scope), notes: newNotes(read, notes.list) }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    const { status, scimType, detail } = error
    return { kind: 'scim-error', error: { status, scimType, detail }, notes: newNotes(read, notes.list) }
  }
}

parentPort?.on('message', (read: CostlyRead) => {
  try {
    parentPort?.postMessage(reply(read))
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ kind: 'bug', stack } satisfies CostlyReadReply)
  }
})

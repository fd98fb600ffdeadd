import { parentPort, workerData } from 'node:worker_threads'
import { ScimError, unauthorized } from '../../../scim/error.ts'
import { createNotes, type Note } from '../../../scim/note.ts'
import type { Query } from '../../../scim/query/query.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { errorCode } from '../../error-code.ts'
import { loadDirectoryConfig } from '../../directory/directory-config.ts'
import type { ReadScope } from '../../directory/read/read-scope.ts'
import type { LongAnswer } from '../../directory/read/long-answer.ts'
import { readLargeList } from '../../directory/read/read-list.ts'
import { readLargeOne } from '../../directory/read/read-one.ts'
import { searchAll } from '../../directory/read/search-all.ts'
import { openReaderConnection } from '../../store/file/database-files.ts'
import { prepareStoreReads } from '../../store/store-reads.ts'
import type { CostlyRead, CostlyReadReply, CostlyReadThreadData } from './costly-reads.ts'
import { gatherBody } from '../http/large-body.ts'
import type { Reply } from '../reply.ts'

const data: CostlyReadThreadData = workerData
const reads = prepareStoreReads(openReaderConnection(data.dataDir))
let config = loadDirectoryConfig(reads)

function longAnswer({ kind, resource, id, query, ifNoneMatch }: CostlyRead, scope: ReadScope): LongAnswer {
  switch (kind) {
    case 'one':
      return readLargeOne(scope, { resource, id, query, ifNone: ifNoneMatch })
    case 'list':
      return readLargeList(scope, resource, query)
    case 'all':
      return readAll(scope, query)
    default:
      return unreachable(kind)
  }
}

function readAll(scope: ReadScope, query: Query): LongAnswer {
  const { body = '', ...answer } = searchAll(scope, query)
  return { answer: { ...answer, body: undefined }, pieces: [body] }
}

function carryOut(read: CostlyRead, scope: ReadScope): Reply {
  const { answer, pieces } = longAnswer(read, scope)
  const body = gatherBody(pieces)
  if (body === '') return answer
  return typeof body === 'string' ? { ...answer, body } : { ...answer, large: body }
}

/** The endpoint's thread has read the query to see what it costs, and has noted what is to be said of it; of one over all types it has not. */
function newNotes(read: CostlyRead, notes: readonly Note[]): readonly Note[] {
  return read.kind === 'all' ? notes : notes.filter(({ step }) => step !== 'parse')
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
    return { kind: 'answer', reply: carryOut(read, scope), notes: newNotes(read, notes.list) }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    const { status, scimType, detail } = error
    return { kind: 'scim-error', error: { status, scimType, detail }, notes: newNotes(read, notes.list) }
  }
}

parentPort?.on('message', (read: CostlyRead) => {
  try {
    const answered = reply(read)
    const pieces = answered.kind === 'answer' ? answered.reply.large?.pieces : undefined
    parentPort?.postMessage(answered, pieces?.map(({ buffer }) => buffer) ?? [])
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const code = errorCode(error)
    parentPort?.postMessage({ kind: 'bug', stack, ...(code === undefined ? {} : { code }) } satisfies CostlyReadReply)
  }
})

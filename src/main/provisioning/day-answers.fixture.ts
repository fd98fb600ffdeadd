import { errorBody, ScimError } from '../../scim/error.ts'
import { createModels } from '../../scim/model/models.ts'
import { createNotes, noteTexts, type Notes } from '../../scim/note.ts'
import { parseQueryParameters } from '../../scim/query/query.ts'
import { defaultPolicy } from '../directory/policy.ts'
import { isCostlyList } from '../directory/read/costly-list.ts'
import { readList } from '../directory/read/read-list.ts'
import { readOne } from '../directory/read/read-one.ts'
import type { Method, TestDirectory } from '../directory/test-directory.fixture.ts'
import { defaultLimits } from '../endpoint/endpoint-limits.ts'

/** What the endpoint would have made of a request, without HTTP. */
export interface DayAnswer {
  readonly status: number
  readonly body: string | undefined
  /** The texts of its notes, as a trace has them. */
  readonly notes: string
  readonly resourceId?: string | undefined
  readonly matched?: number | undefined
}

interface Asker {
  readonly integrationId: number
  readonly slug: string
}

/** Answers an integration's requests from a test directory; what is neither of users, groups nor bulk gets an empty object. */
export function createAnswers(directory: TestDirectory, { integrationId, slug }: Asker) {
  function read(path: string, now: number, notes: Notes) {
    const [route = '', query = ''] = path.split('?')
    const [, endpoint, id] = route.split('/')
    const scope = {
      reads: directory.store,
      models: createModels([]),
      directoryId: directory.directoryId,
      policy: defaultPolicy,
      view: { integrationId, base: `https://scim.example/scim/${slug}/v2`, seesGroups: true },
      limits: { ...defaultLimits, costlyFrom: 1_000_000 },
      now,
      notes,
    }
    const resource = endpoint === 'Groups' ? 'Group' : 'User'
    const parsed = parseQueryParameters(query)
    const found =
      id === undefined
        ? readList(scope, resource, parsed)
        : readOne(scope, { resource, id, query: parsed, ifNone: undefined })
    if (found === 'costly' || isCostlyList(found)) throw new Error('the directory of a test is small')
    return found
  }

  function write(method: Method, path: string, body: unknown, now: number): DayAnswer {
    const command = directory.command(method, path, body, { integrationId })
    const { base, requestId } = command
    const [outcome] = directory.execute(
      path === '/Bulk'
        ? { kind: 'bulk', integrationId, body: JSON.stringify(body), base, requestId, now }
        : { ...command, now },
    )
    switch (outcome?.kind) {
      case 'answer':
        return { ...outcome.answer, notes: outcome.notes }
      case 'scim-error':
        return refused(outcome, outcome.notes)
      default:
        throw new Error(`unexpected ${JSON.stringify(outcome)}`)
    }
  }

  return (method: 'GET' | Method, path: string, body: unknown, now: number): DayAnswer => {
    if (!/^\/(?:Users|Groups|Bulk)\b/.test(path)) return { status: 200, body: '{}', notes: '' }
    const notes = createNotes()
    try {
      if (method !== 'GET') return write(method, path, body, now)
      return { ...read(path, now, notes), notes: noteTexts(notes.list) }
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      return refused(error, noteTexts(notes.list))
    }
  }
}

function refused(error: Parameters<typeof errorBody>[0], notes: string): DayAnswer {
  return { status: error.status, body: JSON.stringify(errorBody(error)), notes }
}

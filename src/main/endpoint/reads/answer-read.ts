import { notImplemented, ScimError } from '../../../scim/error.ts'
import { createNotes, noteTexts } from '../../../scim/note.ts'
import { parseJson } from '../../../scim/json/parse-json.ts'
import { parseQueryParameters, type Query } from '../../../scim/query/query.ts'
import { parseSearchRequest } from '../../../scim/query/search-request.ts'
import type { ReadScope } from '../../directory/read/read-scope.ts'
import { isCostlyList, isLargeDirectory, type CostlyList } from '../../directory/read/costly-list.ts'
import { readList } from '../../directory/read/read-list.ts'
import { readOne } from '../../directory/read/read-one.ts'
import { costlySearch, searchAll } from '../../directory/read/search-all.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import { type AuthenticatedRequest, bodyOf } from '../authenticated-request.ts'
import type { CostlyRead, CostlyReadReply } from './costly-reads.ts'
import { declined, failed } from '../failure-replies.ts'
import type { Reply } from '../reply.ts'

const noQuery: Query = {}

function readScope({ parts, integration, models, context, notes }: AuthenticatedRequest): ReadScope {
  return {
    reads: parts.reads,
    models,
    directoryId: integration.directoryId,
    policy: integration.policy,
    view: { integrationId: integration.id, base: parts.baseOf(integration), seesGroups: integration.policy.groups },
    limits: parts.limits,
    now: context.now,
    notes,
  }
}

type Wanted = Pick<CostlyRead, 'kind' | 'resource' | 'id' | 'query' | 'ifNoneMatch'>

/** Has another thread read it, as long as the client waits. */
function askCostly({ parts, context, integration }: AuthenticatedRequest, read: Wanted): Promise<CostlyReadReply> {
  const gone = new AbortController()
  const { response } = context
  const { socket } = context.request
  const leave = () => {
    socket.off('end', leave)
    gone.abort()
  }
  // A connection that was closed before, while the request waited for its turn, tells of it no more.
  if (response.destroyed || socket.readableEnded) gone.abort()
  else {
    // Who closes one end alone may still wait, but almost always has given up.
    socket.once('end', leave)
    response.once('close', leave)
  }
  const { now } = context
  return parts.costlyReads.run(
    { ...read, integrationId: integration.id, base: parts.baseOf(integration), now },
    gone.signal,
  )
}

async function runCostly(request: AuthenticatedRequest, read: Omit<Wanted, 'ifNoneMatch'>): Promise<Reply> {
  const { parts, context } = request
  const reply = await askCostly(request, { ...read, ifNoneMatch: context.request.headers['if-none-match'] })
  if (reply.kind === 'bug') return failed(parts, context, Object.assign(new Error(), reply))
  context.trace.addText(noteTexts(reply.notes))
  if (reply.kind === 'answer') return reply.reply
  return declined(context, new ScimError(reply.error.status, reply.error.scimType, reply.error.detail))
}

/**
 * The answer to a write of a group with more members than the writer may write out, whose next commands would wait: another thread reads the group
 * once it is stored. Where that cannot be done, or the group is gone by then, the answer stays without its members.
 */
export async function withMembers(request: AuthenticatedRequest, answer: Reply): Promise<Reply> {
  const { parts, context } = request
  const query = parseQueryParameters(context.search, createNotes())
  const id = answer.resourceId ?? ''
  const read = await askCostly(request, { kind: 'one', resource: 'Group', id, query, ifNoneMatch: undefined })
  if (read.kind === 'bug') parts.onBug(context.id, read.stack)
  const isRead = read.kind === 'answer' && read.reply.status === 200
  return isRead ? { ...read.reply, status: answer.status } : answer
}

function list(request: AuthenticatedRequest, resource: ResourceName, query: Query): Reply | Promise<Reply> {
  const answer = readList(readScope(request), resource, query)
  return isCostlyList(answer) ? runLookup(request, { kind: 'list', resource, id: '', query }, answer) : answer
}

/** Who looks for one person finds few or nobody. */
const fewMatches = 5

/**
 * Whether an answer is that of a lookup. One that took too long (400, tooMany), or longer than its client waits, is taken for one; one that found no
 * place among those that wait says nothing of how many match.
 */
function isLookup({ context }: AuthenticatedRequest, { status, matched = 0 }: Reply): boolean {
  return status === 200 ? matched <= fewMatches : status === 400 || context.response.destroyed
}

async function runLookup(
  request: AuthenticatedRequest,
  read: Omit<Wanted, 'ifNoneMatch'>,
  { wantedIndex }: CostlyList,
): Promise<Reply> {
  const reply = await runCostly(request, read)
  if (wantedIndex !== undefined && isLookup(request, reply))
    request.parts.onLookup(request.integration.directoryId, wantedIndex)
  return reply
}

/** GET of a collection (RFC 7644 §3.4.2). Throws `ScimError`, as a promise rejects with it. */
export function answerList(request: AuthenticatedRequest, resource: ResourceName): Reply | Promise<Reply> {
  return list(request, resource, parseQueryParameters(request.context.search, request.notes))
}

/** GET of one resource (RFC 7644 §3.4.1). Throws `ScimError`, as a promise rejects with it. */
export function answerResource(
  request: AuthenticatedRequest,
  resource: ResourceName,
  id: string,
): Reply | Promise<Reply> {
  const { context, notes } = request
  context.resourceId = id
  const query = context.search === '' ? noQuery : parseQueryParameters(context.search, notes)
  const { 'if-match': ifMatch, 'if-none-match': ifNone } = context.request.headers
  const answer = readOne(readScope(request), { resource, id, query, ifMatch, ifNone })
  return answer === 'costly' ? runCostly(request, { kind: 'one', resource, id, query }) : answer
}

/** A POST to `/.search` (RFC 7644 §3.4.3), below one resource type or over all of them. */
export async function answerSearch(request: AuthenticatedRequest, resource: ResourceName | undefined): Promise<Reply> {
  const query = parseSearchRequest(parseJson(await bodyOf(request)), request.notes)
  return resource ? list(request, resource, query) : searchEverything(request, query)
}

/** All resource types in one list (RFC 7644 §3.4.2.1). Throws `ScimError`, as a promise rejects with it. */
export function searchEverything(request: AuthenticatedRequest, query: Query): Reply | Promise<Reply> {
  const scope = readScope(request)
  return isLargeDirectory(scope, true)
    ? runLookup(request, { kind: 'all', resource: 'User', id: '', query }, costlySearch(scope, query))
    : searchAll(scope, query)
}

/** RFC 7644 §3.11: the SCIM administrator, where SCIM may see that user; 501 otherwise. */
export function answerMe(request: AuthenticatedRequest, method: string): Reply | Promise<Reply> {
  const { parts, integration } = request
  const { id } = integration.administrator
  const isSeen = parts.reads.users.listed(integration.directoryId, id) !== undefined
  if (isSeen && method !== 'GET')
    throw notImplemented(`/Me can only be read. To change this user, send the request to /Users/${id}.`)
  if (!isSeen)
    throw notImplemented(
      'This integration acts as a local administrator, whom SCIM does not show. /Me is answered only for a User Manager.',
    )
  return answerResource(request, 'User', id)
}

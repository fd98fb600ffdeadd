import { inAnyCase } from '../../../scim/json/in-any-case.ts'
import { isJsonObject, type JsonValue } from '../../../scim/json/json.ts'
import type { Query } from '../../../scim/query/query.ts'
import { classifyLookup } from './classify-lookup.ts'
import { classifyGroupPatch, classifyUserPatch } from './classify-patch.ts'
import { truthOf } from './patch-changes.ts'

/** What a classification is told from. */
export interface ClassifiedRequest {
  readonly method: string
  readonly endpoint: string | undefined
  /** A POST to `/.search`, below a resource type or not. */
  readonly isSearch?: boolean
  readonly resourceId: string | undefined
  readonly query: Query
  /** The parsed body, or undefined; asked for only where something is told from it. */
  readonly body: () => JsonValue | undefined
  /** The parsed answer to a bulk request, or undefined. */
  readonly bulkAnswer?: (() => JsonValue | undefined) | undefined
  readonly hasToken: boolean
  /** Too many wrong tokens have come from its address, this one included. */
  readonly isThrottled?: boolean
  readonly status: number
  readonly matched: number | undefined
  /** Whether its sender, as far as is known, is one that looks for random GUIDs to see whether anybody answers. */
  readonly mayProbe: boolean
  /** It was to change something only if that were not there. */
  readonly isOnlyIfAbsent?: boolean
  /** Why the integration is not served now, whatever the request asks for. */
  readonly closed: 'paused' | 'disabled' | 'no administrator' | undefined
}

/** What a request was about, in a few words for a person: "disable user", "user match lookup (no match)". */
export function classify(request: ClassifiedRequest): string {
  switch (request.status) {
    case 401:
      return request.hasToken ? 'refused: bad token' : 'refused: no token'
    case 403:
      return `refused: ${request.closed ?? `${purpose(request)} not allowed`}`
    case 429:
      return request.isThrottled ? 'refused: too many bad tokens' : 'refused: too many requests'
    case 503:
      return request.closed ? `refused: ${request.closed}` : `${purpose(request)}${outcome(request)}`
    case 413:
      return 'refused: too large'
    default:
      return `${purpose(request)}${outcome(request)}`
  }
}

function outcome({ status, isOnlyIfAbsent }: ClassifiedRequest): string {
  if (status < 400) return ''
  switch (status) {
    case 400:
      return ' (invalid)'
    case 404:
      return ' (not found)'
    case 409:
      return ' (conflict)'
    case 412:
      return isOnlyIfAbsent === true ? ' (there already)' : ' (changed meanwhile)'
    default:
      return status >= 500 ? ' (failed)' : ' (refused)'
  }
}

function purpose(request: ClassifiedRequest): string {
  switch (request.endpoint) {
    case 'Users':
      return resourcePurpose(request, 'user')
    case 'Groups':
      return resourcePurpose(request, 'group')
    case 'Me':
      return resourcePurpose({ ...request, resourceId: 'Me' }, 'own user')
    case 'Schemas':
      return 'read schemas'
    case 'ResourceTypes':
      return 'read resource types'
    case 'ServiceProviderConfig':
      return 'read service provider config'
    case 'Bulk':
      return bulkPurpose(request)
    case '.search':
      // The SCIM URL alone, without anything asked for, is no search.
      return request.status === 404 ? 'unknown path' : 'search'
    case undefined:
      return 'unknown path'
    default:
      return `${request.method} ${request.endpoint}`.slice(0, 60)
  }
}

function resourcePurpose(request: ClassifiedRequest, noun: string): string {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return isLookup(request) ? classifyLookup(request, noun) : `read ${noun}`
    case 'POST':
      return request.isSearch ? `search ${noun}s` : `create ${noun}`
    case 'PUT':
      return `replace ${noun}${isInactive(request.body()) ? ' (inactive)' : ''}`
    case 'PATCH':
      return noun === 'group' ? classifyGroupPatch(request.body()) : classifyUserPatch(request.body(), noun)
    case 'DELETE':
      return `delete ${noun}`
    default:
      return `${request.method.slice(0, 20)} ${noun}`
  }
}

/** A lookup that found its resource may carry the id of that. */
function isLookup({ resourceId, query }: ClassifiedRequest): boolean {
  return resourceId === undefined || query.filter !== undefined
}

/** Okta's wizard-made apps deactivate by a PUT of the whole user; whether it was active before is not told. */
function isInactive(body: JsonValue | undefined): boolean {
  return isJsonObject(body) && truthOf(inAnyCase(body, 'active')) === false
}

function bulkPurpose(request: ClassifiedRequest): string {
  const body = request.body()
  const operations = isJsonObject(body) ? body['Operations'] : undefined
  if (!Array.isArray(operations)) return 'bulk'
  const failed = failedOperations(request.bulkAnswer?.())
  const told = failed === 0 ? '' : `, ${failed} failed`
  return `bulk (${operations.length} ${operations.length === 1 ? 'operation' : 'operations'}${told})`
}

/** The answer to a bulk request is 200 whatever became of its operations (RFC 7644 §3.7.3). */
function failedOperations(answer: JsonValue | undefined): number {
  const operations = isJsonObject(answer) ? answer['Operations'] : undefined
  if (!Array.isArray(operations)) return 0
  return operations.filter((each) => isJsonObject(each) && Number(each['status']) >= 400).length
}

import { invalidSyntax, invalidValue, methodNotAllowed, notFound, payloadTooLarge, ScimError } from '../error.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import { shown, type Notes } from '../note.ts'
import { bulkRequestUrn, bulkResponseUrn, patchOpUrn } from '../urn.ts'

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** An operation as it is to be carried out; its references to other operations are still "bulkId:…". */
export interface BulkOperation {
  readonly kind: 'valid'
  /** Its place in the request, from 0. */
  readonly index: number
  readonly method: BulkMethod
  readonly endpoint: '/Users' | '/Groups'
  /** Undefined for POST. Can be a reference, as in `/Groups/bulkId:g1`. */
  readonly id: string | undefined
  readonly bulkId: string | undefined
  /** The ETag that the resource must have. */
  readonly version: string | undefined
  /** Undefined for DELETE. */
  readonly data: JsonObject | undefined
}

/** An operation that cannot be carried out; it gets its own error in the answer while the others go on. */
export interface InvalidBulkOperation {
  readonly kind: 'invalid'
  readonly index: number
  readonly method: string
  readonly bulkId: string | undefined
  /** What it was to go to, where that can be told. */
  readonly endpoint: BulkOperation['endpoint'] | undefined
  readonly id: string | undefined
  readonly error: ScimError
}

export interface BulkRequest {
  readonly operations: readonly (BulkOperation | InvalidBulkOperation)[]
  /** After how many errors to stop; undefined: never (RFC 7644 §3.7). */
  readonly failOnErrors: number | undefined
}

export interface BulkLimits {
  readonly maxOperations: number
}

const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value)

/** A member by name; names of attributes are case-insensitive (RFC 7643 §2.1). */
function member(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name]
  const wanted = name.toLowerCase()
  const key = Object.keys(object).find((each) => each.toLowerCase() === wanted)
  return key === undefined ? undefined : object[key]
}

function parseFailOnErrors(value: JsonValue | undefined, notes: Notes): number | undefined {
  if (value === undefined || value === null) return undefined
  // RFC 7644 §3.7 leaves 0 open; clients of Webex and of WSO2 Identity Server send it where all is to be tried.
  if (value === 0) {
    notes.add({ step: 'parse', code: 'fail-on-errors-zero', path: 'failOnErrors' })
    return undefined
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value
  const given = typeof value === 'string' ? `the text "${shown(value)}"` : shown(value)
  throw invalidValue(`"failOnErrors" must be a whole number from 1, got ${given}.`)
}

function parseMethod(value: JsonValue | undefined): BulkMethod {
  switch (typeof value === 'string' ? value.toUpperCase() : undefined) {
    case 'POST':
      return 'POST'
    case 'PUT':
      return 'PUT'
    case 'PATCH':
      return 'PATCH'
    case 'DELETE':
      return 'DELETE'
    default:
      throw invalidSyntax('"method" of a bulk operation is POST, PUT, PATCH or DELETE (RFC 7644 §3.7).')
  }
}

// The path is relative to the SCIM URL: /Users or /Users/{id}.
const path = /^\/?(users|groups)(?:\/([^/?#]+))?\/?$/i

function parsePath(value: JsonValue | undefined, method: BulkMethod): Pick<BulkOperation, 'endpoint' | 'id'> {
  if (typeof value !== 'string') throw invalidSyntax('"path" of a bulk operation must be a string.')
  const [, name, rawId] = path.exec(value) ?? []
  if (name === undefined) throw notFound(`A bulk operation cannot go to "${shown(value)}"; only to /Users and /Groups.`)
  const endpoint = name.toLowerCase() === 'users' ? '/Users' : '/Groups'
  if (method === 'POST' && rawId !== undefined)
    throw methodNotAllowed(`A POST in a bulk request goes to ${endpoint}, without an id.`)
  if (method !== 'POST' && rawId === undefined)
    throw methodNotAllowed(`A ${method} in a bulk request needs the id of a resource: ${endpoint}/{id}.`)
  if (rawId === undefined) return { endpoint, id: undefined }
  try {
    return { endpoint, id: decodeURIComponent(rawId) }
  } catch {
    throw invalidSyntax('The percent-encoding of "path" is broken.')
  }
}

function parseBulkId(value: JsonValue | undefined, method: BulkMethod, taken: Set<string>): string | undefined {
  if (value === undefined || value === null || value === '') {
    if (method !== 'POST') return undefined
    throw invalidSyntax('A POST in a bulk request needs a "bulkId" (RFC 7644 §3.7).')
  }
  if (typeof value !== 'string') throw invalidSyntax('"bulkId" must be a string.')
  if (method === 'POST') {
    if (taken.has(value)) throw invalidValue(`The bulkId "${shown(value)}" is used by an operation before this one.`)
    taken.add(value)
  }
  return value
}

/** What cannot be read must not count for no condition: the change might be meant for another version. */
function parseVersion(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  throw invalidSyntax('"version" of a bulk operation must be a string: the ETag that the resource has.')
}

function parseData(value: JsonValue | undefined, method: BulkMethod): JsonObject | undefined {
  if (method === 'DELETE') return undefined
  // The example of RFC 7644 §3.7.3 puts the operations of a PATCH straight into "data", without the message around them.
  if (method === 'PATCH' && isArray(value)) return { schemas: [patchOpUrn], Operations: value }
  if (!isJsonObject(value)) throw invalidSyntax(`A ${method} in a bulk request needs "data", a JSON object.`)
  return value
}

function parseOperation(value: JsonValue, index: number, taken: Set<string>): BulkOperation | InvalidBulkOperation {
  if (!isJsonObject(value)) {
    const error = invalidSyntax('A bulk operation must be a JSON object.')
    return { kind: 'invalid', index, method: '', bulkId: undefined, endpoint: undefined, id: undefined, error }
  }
  const rawMethod = member(value, 'method')
  const rawBulkId = member(value, 'bulkId')
  let target: Partial<Pick<BulkOperation, 'endpoint' | 'id'>> = {}
  try {
    const method = parseMethod(rawMethod)
    const { endpoint, id } = parsePath(member(value, 'path'), method)
    target = { endpoint, id }
    const bulkId = parseBulkId(rawBulkId, method, taken)
    const version = parseVersion(member(value, 'version'))
    const data = parseData(member(value, 'data'), method)
    return {
      kind: 'valid',
      index,
      method,
      endpoint,
      id,
      bulkId,
      version,
      data,
    }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    return {
      kind: 'invalid',
      index,
      method: typeof rawMethod === 'string' ? shown(rawMethod.toUpperCase()) : '',
      bulkId: typeof rawBulkId === 'string' ? shown(rawBulkId) : undefined,
      endpoint: target.endpoint,
      id: target.id,
      error,
    }
  }
}

/**
 * Reads the body of a POST to `/Bulk` (RFC 7644 §3.7). Throws only when the request as a whole is unusable: 413 when it
 * has more than `maxOperations` operations, 400 when it is no bulk request. A bad operation comes back as `invalid`.
 */
export function parseBulkRequest(body: unknown, limits: BulkLimits, notes: Notes): BulkRequest {
  if (!isJsonObject(body)) throw invalidSyntax('The body of a bulk request must be a JSON object.')
  const schemas = member(body, 'schemas')
  const wanted = bulkRequestUrn.toLowerCase()
  if (!isArray(schemas) || !schemas.some((each) => typeof each === 'string' && each.toLowerCase() === wanted)) {
    if (notes.strict) throw invalidSyntax(`"schemas" of a bulk request must hold ${bulkRequestUrn}.`)
    notes.add({ step: 'parse', code: 'message-schema-missing', path: 'schemas', expected: bulkRequestUrn })
  }
  const operations = member(body, 'Operations')
  if (!isArray(operations)) throw invalidSyntax('"Operations" of a bulk request must be an array.')
  if (operations.length > limits.maxOperations)
    throw payloadTooLarge(
      `The bulk request has ${operations.length} operations; the limit is ${limits.maxOperations} (maxOperations).`,
    )
  const taken = new Set<string>()
  return {
    operations: operations.map((each, index) => parseOperation(each, index, taken)),
    failOnErrors: parseFailOnErrors(member(body, 'failOnErrors'), notes),
  }
}

/** What one operation came to. */
export interface BulkResult {
  readonly method: string
  readonly bulkId?: string | undefined
  readonly version?: string | undefined
  /** Absent for a POST that failed. */
  readonly location?: string | undefined
  readonly status: number
  /** The body of an answer as JSON text; required when the status tells of a failure (RFC 7644 §3.7.3). */
  readonly response?: string | undefined
}

function resultText(result: BulkResult): string {
  const { response, status, ...rest } = result
  // RFC 7644 §3.7.3 writes the status as text.
  const head = JSON.stringify({ ...rest, status: String(status) })
  return response === undefined ? head : `${head.slice(0, -1)},"response":${response}}`
}

/** The JSON text of a BulkResponse (RFC 7644 §3.7.3). */
export function bulkResponseBody(results: readonly BulkResult[]): string {
  return `{"schemas":["${bulkResponseUrn}"],"Operations":[${results.map(resultText).join(',')}]}`
}

import { isJsonObject, type JsonObject, type JsonValue } from '../scim/json.ts'
import type { Query } from '../scim/query.ts'

/** A request as the endpoint saw it. `path` is relative to the SCIM URL. */
export interface SeenRequest {
  /** Looks up a header by its name in lower case. */
  readonly headers: (name: string) => string | undefined
  readonly method: string
  readonly path: string
  readonly rawQuery: string
  /** The raw query read; an empty one for what cannot be read. */
  readonly query: Query
  /** The parsed body; undefined for none and for what cannot be read. Asked for only when no header tells enough, and once. */
  readonly body?: () => unknown
}

/** A request read as far as the traits need it. */
export interface ObservedRequest {
  readonly userAgent: string
  header(name: string): string | undefined
  readonly method: string
  readonly path: string
  readonly rawQuery: string
  readonly query: Query
  readonly filter: string
  readonly body: JsonObject | undefined
  /** The first operations of a PATCH. */
  readonly operations: readonly JsonObject[]
}

/** A trait shows in the first few operations or not at all; a body can hold thousands. */
const mostOperations = 10

export function observe(request: SeenRequest): ObservedRequest {
  const { query, rawQuery } = request
  let read: { readonly body: JsonObject | undefined; readonly operations: readonly JsonObject[] } | undefined

  function readBody() {
    const value = request.body?.()
    const body = isJsonObject(value) ? value : undefined
    return { body, operations: elements(body, 'Operations').slice(0, mostOperations).filter(isJsonObject) }
  }

  return {
    userAgent: request.headers('user-agent') ?? '',
    header: request.headers,
    method: request.method,
    path: request.path,
    rawQuery,
    query,
    filter: query.filter ?? '',
    get body() {
      return (read ??= readBody()).body
    },
    get operations() {
      return (read ??= readBody()).operations
    },
  }
}

export function field(object: JsonObject | undefined, name: string): JsonValue | undefined {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined
}

export function text(object: JsonObject | undefined, name: string): string {
  const value = field(object, name)
  return typeof value === 'string' ? value : ''
}

export function elements(object: JsonObject | undefined, name: string): readonly JsonValue[] {
  const value = field(object, name)
  return Array.isArray(value) ? value : []
}

/** Whether the body is a whole user or group, as a POST or a PUT carries it. */
export function isWholeResource(request: ObservedRequest): boolean {
  return request.body !== undefined && (request.method === 'POST' || request.method === 'PUT')
}

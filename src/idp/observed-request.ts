import { isJsonObject, type JsonObject, type JsonValue } from '../scim/json/json.ts'
import type { Query } from '../scim/query/query.ts'

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

interface ReadBody {
  readonly body: JsonObject | undefined
  readonly operations: readonly JsonObject[]
}

/**
 * A class, for its getters stand on the prototype. An object literal with getters gets a hidden class of its own each time, which stays until a full
 * collection of garbage and keeps the whole request so long.
 */
class LazilyObserved implements ObservedRequest {
  readonly userAgent: string
  readonly header: (name: string) => string | undefined
  readonly method: string
  readonly path: string
  readonly rawQuery: string
  readonly query: Query
  readonly filter: string
  readonly #request: SeenRequest
  #read: ReadBody | undefined

  constructor(request: SeenRequest) {
    this.userAgent = request.headers('user-agent') ?? ''
    this.header = request.headers
    this.method = request.method
    this.path = request.path
    this.rawQuery = request.rawQuery
    this.query = request.query
    this.filter = request.query.filter ?? ''
    this.#request = request
  }

  get body(): JsonObject | undefined {
    return this.#readOnce().body
  }

  get operations(): readonly JsonObject[] {
    return this.#readOnce().operations
  }

  #readOnce(): ReadBody {
    if (this.#read !== undefined) return this.#read
    const value = this.#request.body?.()
    const body = isJsonObject(value) ? value : undefined
    const operations = elements(body, 'Operations').slice(0, mostOperations).filter(isJsonObject)
    return (this.#read = { body, operations })
  }
}

export function observe(request: SeenRequest): ObservedRequest {
  return new LazilyObserved(request)
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

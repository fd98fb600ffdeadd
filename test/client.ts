import type { JsonValue } from '../src/scim/json/json.ts'
import { patchOpUrn } from '../src/scim/urn.ts'
import { at } from './json-pointer.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined when there was none. A body that is not JSON fails the request itself. */
  readonly body: JsonValue | undefined
  at(pointer: string): JsonValue | undefined
  /** The text at a pointer; throws where there is none. */
  textAt(pointer: string): string
  /** The text at a pointer in each resource of a list answer, in the order of the list. */
  texts(pointer: string): readonly string[]
}

export type RequestHeaders = Readonly<Record<string, string>>

/** A SCIM client with one bearer token. Paths are relative to the base URL; a body given as text is sent as it stands. */
export interface Client {
  readonly base: string
  readonly token: string
  send(method: string, path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer>
  get(path: string, headers?: RequestHeaders): Promise<Answer>
  post(path: string, body: unknown, headers?: RequestHeaders): Promise<Answer>
  put(path: string, body: unknown, headers?: RequestHeaders): Promise<Answer>
  /** Wraps the operations into a PatchOp message (RFC 7644 §3.5.2). */
  patch(path: string, operations: readonly unknown[], headers?: RequestHeaders): Promise<Answer>
  delete(path: string, headers?: RequestHeaders): Promise<Answer>
  /** A list by filter, with further query parameters. */
  find(endpoint: '/Users' | '/Groups', filter: string, parameters?: RequestHeaders): Promise<Answer>
  /** Creates a resource and returns its id; throws the answer's text when the status is not 201. */
  create(endpoint: '/Users' | '/Groups', body: unknown): Promise<string>
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  const body: JsonValue | undefined = text === '' ? undefined : JSON.parse(text)
  return {
    status: response.status,
    headers: response.headers,
    text,
    body,
    at: (pointer) => at(body, pointer),
    textAt(pointer) {
      const found = at(body, pointer)
      if (typeof found !== 'string') throw new Error(`no text at ${pointer} in ${response.status} ${text}`)
      return found
    },
    texts(pointer) {
      const resources = at(body, '/Resources')
      const found = Array.isArray(resources) ? resources.map((each: JsonValue) => at(each, pointer)) : []
      return found.filter((each) => typeof each === 'string')
    },
  }
}

export function createClient(base: string, token: string): Client {
  const client: Client = {
    base,
    token,
    async send(method, path, body, headers = {}) {
      const init = { method, redirect: 'manual' as const }
      // A Headers object, for names come in any letter case.
      const sent = new Headers(headers)
      if (!sent.has('authorization')) sent.set('authorization', `Bearer ${token}`)
      if (body === undefined) return read(await fetch(base + path, { ...init, headers: sent }))
      if (!sent.has('content-type')) sent.set('content-type', 'application/scim+json')
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return read(await fetch(base + path, { ...init, headers: sent, body: text }))
    },
    get: (path, headers) => client.send('GET', path, undefined, headers),
    post: (path, body, headers) => client.send('POST', path, body, headers),
    put: (path, body, headers) => client.send('PUT', path, body, headers),
    patch: (path, operations, headers) =>
      client.send('PATCH', path, { schemas: [patchOpUrn], Operations: operations }, headers),
    delete: (path, headers) => client.send('DELETE', path, undefined, headers),
    find: (endpoint, filter, parameters = {}) =>
      client.get(`${endpoint}?${new URLSearchParams({ filter, ...parameters }).toString()}`),
    async create(endpoint, body) {
      const answer = await client.post(endpoint, body)
      if (answer.status !== 201) throw new Error(`${endpoint} was answered with ${answer.status} ${answer.text}`)
      return answer.textAt('/id')
    },
  }
  return client
}

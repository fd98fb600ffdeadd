import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Trace } from '../../scim/note.ts'
import type { Integration } from '../directory/directory-config.ts'
import type { KnownToken } from './authentication/authenticator.ts'

/** What a connection's requests have in common. */
export interface ConnectionMemory {
  readonly remoteAddress: string
  /** The Authorization header that was looked at last, with what came of it; see authenticator.ts. */
  credentials: { readonly header: string; readonly generation: number; readonly token: KnownToken } | undefined
  /** The newest request on it. */
  request: IncomingMessage | undefined
  /** The answer to that one; see take-turns.ts. */
  answer: ServerResponse | undefined
  /** How many requests wait for the answers to those before them. */
  waiting: number
  /** It is known to be of somebody with a token, and makes way for nobody; see connection-room.ts. */
  isVouchedFor: boolean
}

/** One request on its way through the endpoint; its fields are filled as it goes. */
export interface RequestContext {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly id: string
  /** Ms since the epoch. */
  readonly now: number
  /** `performance.now()` at the arrival. */
  readonly arrival: number
  readonly path: string
  /** The raw query without its question mark. */
  readonly search: string
  readonly trace: Trace
  /** What is remembered of the connection it came on. */
  readonly connection: ConnectionMemory
  integration: Integration | undefined
  /** The word for the journal. */
  endpoint: string | undefined
  resourceId: string | undefined
  body: string | undefined
}

/** Divides a request target; an absolute one (RFC 9112 §3.2.2) loses its scheme and authority, and the asterisk is a path of its own (§3.2.4). */
export function splitTarget(target: string): { readonly path: string; readonly search: string } {
  if (target === '*') return { path: target, search: '' }
  let start = 0
  if (!target.startsWith('/')) {
    const authority = target.indexOf('://')
    const slash = authority < 0 ? -1 : target.indexOf('/', authority + 3)
    start = slash < 0 ? target.length : slash
  }
  const fragment = target.indexOf('#', start)
  const end = fragment < 0 ? target.length : fragment
  const mark = target.indexOf('?', start)
  if (mark < 0 || mark > end) return { path: target.slice(start, end), search: '' }
  const path = target.slice(start, mark)
  const search = target.slice(mark + 1, end)
  return flagBeforePath.test(search) ? pathBehindFlag(path, search) : { path, search }
}

/** `flag/Users`, `flag/Users?count=1`: no parameter, for a parameter has its name, and then its value or the next one. */
const flagBeforePath = /^[\w-]+\//

/** A URL that ends in a flag, `/scim/v2?flag`, to which a client has appended the path of a resource as it stands. */
function pathBehindFlag(path: string, search: string): { readonly path: string; readonly search: string } {
  const slash = search.indexOf('/')
  const behind = search.slice(slash)
  const mark = behind.search(/[?&]/)
  const flag = search.slice(0, slash)
  return mark < 0
    ? { path: path + behind, search: flag }
    : { path: path + behind.slice(0, mark), search: `${flag}&${behind.slice(mark + 1)}` }
}

import { ScimError, unavailable } from '../../scim/error.ts'
import type { EndpointParts } from './endpoint-parts.ts'
import { replyOfBug, replyOfError, type Reply } from './reply.ts'
import { BodyBrokenOff } from './http/request-body.ts'
import type { RequestContext } from './request-context.ts'

/** A refusal that the trace explains with the words the client is given. */
export function declined(context: RequestContext, error: ScimError): Reply {
  context.trace.add({
    step: 'rule',
    code: 'declined',
    seen: error.detail,
    ...(error.scimType ? { expected: error.scimType } : {}),
  })
  return replyOfError(error)
}

/** Reports a bug with its stack, which the trace keeps and the client never sees. */
export function bug(parts: EndpointParts, context: RequestContext, stack: string): Reply {
  parts.onBug(context.id, stack)
  context.trace.add({ step: 'status', code: 'bug', seen: stack.slice(0, 2000) })
  return replyOfBug(context.id)
}

/** The database cannot be read, which the identity provider is to try again. */
function notRead(context: RequestContext, problem: string): Reply {
  context.trace.add({ step: 'match', code: 'not-read', seen: problem })
  return replyOfError(unavailable('Rollcall cannot read its data at present. Try again later.'), {
    'retry-after': '60',
  })
}

/** The answer to whatever was thrown: a `ScimError` is a refusal, what the database cannot give an outage, all else a bug. */
export function failed(parts: EndpointParts, context: RequestContext, error: unknown): Reply {
  if (!(error instanceof ScimError)) {
    const problem = parts.unread.met(error)
    if (problem !== undefined) return notRead(context, problem)
    return bug(parts, context, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  if (error.status === 413) context.trace.add({ step: 'parse', code: 'limit-exceeded' })
  if (error instanceof BodyBrokenOff) context.trace.add({ step: 'parse', code: 'body-broken-off' })
  return declined(context, error)
}

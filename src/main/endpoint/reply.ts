import { errorBody, ScimError } from '../../scim/error.ts'
import type { Answer } from '../directory/read/answer.ts'
import type { LargeBody } from './http/large-body.ts'

/** An answer with what only HTTP knows. */
export interface Reply extends Answer {
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>
  /** In place of a body. */
  readonly large?: LargeBody
}

/** The one place where a protocol failure becomes a response. */
export function replyOfError(error: ScimError, headers?: Readonly<Record<string, string>>): Reply {
  return { status: error.status, body: JSON.stringify(errorBody(error)), ...(headers ? { headers } : {}) }
}

/** The answer to a bug: the IdP learns the request's id and nothing else. */
export function replyOfBug(requestId: string): Reply {
  return replyOfError(
    new ScimError(
      500,
      undefined,
      `Rollcall failed to answer this request. Its id is ${requestId}; the log has the reason.`,
    ),
  )
}

import type { Models } from '../../scim/model/models.ts'
import type { Notes } from '../../scim/note.ts'
import type { Integration } from '../directory/directory-config.ts'
import type { EndpointParts } from './endpoint-parts.ts'
import { readBody, requireJson } from './http/request-body.ts'
import type { RequestContext } from './request-context.ts'

/** A request whose token was accepted, with what answering it takes. */
export interface AuthenticatedRequest {
  readonly parts: EndpointParts
  readonly context: RequestContext
  readonly integration: Integration
  readonly models: Models
  readonly notes: Notes
}

/** The body as text, which the journal keeps as well. Rejects with `ScimError` 415, 413 or 400 invalidSyntax. */
export async function bodyOf({ parts, context }: AuthenticatedRequest): Promise<string> {
  requireJson(context.request)
  context.body = await readBody(context.request, parts.limits.bodyBytes)
  return context.body
}

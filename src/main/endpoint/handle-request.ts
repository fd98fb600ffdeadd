import { ScimError } from '../../scim/error.ts'
import type { Notes } from '../../scim/note.ts'
import type { Integration } from '../directory/directory-config.ts'
import { acceptedText, routedText } from './standing-notes.ts'
import { refuseIntegration, refuseToken } from './http/gate.ts'
import type { Authentication } from './authentication/authenticator.ts'
import { dispatch } from './dispatch.ts'
import type { EndpointParts } from './endpoint-parts.ts'
import { failed } from './failure-replies.ts'
import type { Reply } from './reply.ts'
import type { RequestContext } from './request-context.ts'
import { routePath, type RoutedPath } from './route.ts'

/** Answers a request; anything that a person could have caused is an answer, never an exception. */
export type RequestHandler = (context: RequestContext) => Reply | Promise<Reply>

/** What a path leads to, or why it cannot be read. */
function routeOf(path: string): RoutedPath | ScimError {
  try {
    return routePath(path)
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
}

/** The name of an integration in the path that is not the one of the token. */
function otherSlug(found: RoutedPath | ScimError, { slug: own }: Integration): string | undefined {
  if (found instanceof ScimError || found.slug === undefined) return undefined
  return found.slug === own || found.slug.toLowerCase() === own ? undefined : found.slug
}

/** The way of a request: authenticate → may the integration be served now → route → read or write. */
export function createRequestHandler(parts: EndpointParts): RequestHandler {
  const { authenticator } = parts

  function proceed(context: RequestContext, authentication: Authentication): Reply | Promise<Reply> {
    if (authentication.kind === 'missing' || authentication.kind === 'unknown')
      return refuseToken(parts, context, authentication.kind)
    const config = parts.config()
    if (authentication.kind !== 'accepted') {
      // It was right once, which says whose it is at any SCIM URL.
      context.integration = config.integrations.get(authentication.integrationId)
      return authentication.kind === 'expired'
        ? refuseToken(parts, context, 'expired')
        : refuseToken(parts, context, 'replaced', authentication.prefix)
    }
    const integration = config.integrations.get(authentication.integrationId)
    const models = integration && config.models.get(integration.directoryId)
    if (!integration || !models) return refuseToken(parts, context, 'unknown')
    context.integration = integration
    const found = routeOf(context.path)
    const other = otherSlug(found, integration)
    // Who reads why a token was refused is not told first that it was accepted.
    if (other === undefined) context.trace.addText(acceptedText(integration))
    parts.onTokenUsed(authentication.tokenId, integration.id, context.now, authentication.isFirstUse)
    const closed = refuseIntegration(parts, context, integration)
    if (closed) return closed
    if (found instanceof ScimError) return failed(parts, context, found)
    const { route, endpoint } = found
    context.endpoint = endpoint
    if (other !== undefined) {
      const isKnown = [...config.integrations.values()].some((each) => each.slug === other.toLowerCase())
      context.trace.add({
        step: 'route',
        code: 'other-integration',
        expected: integration.slug,
        seen: other.slice(0, 200),
        ...(!isKnown && { count: 0 }),
      })
      return refuseToken(parts, context, 'elsewhere')
    }
    const notes: Notes = { strict: integration.policy.strict, add: context.trace.add }
    const method = context.request.method === 'HEAD' ? 'GET' : (context.request.method ?? 'GET')
    context.trace.addText(routedText(method, endpoint ?? ''))
    return dispatch({ parts, context, integration, models, notes }, route, method)
  }

  function begin(context: RequestContext): Reply | Promise<Reply> {
    const { authorization } = context.request.headers
    const authentication = authenticator.authenticate(authorization, context.now, context.connection)
    // A token that was issued a moment ago works at once, before the configuration is looked at in its turn.
    if (authentication.kind === 'unknown') parts.endSnapshot()
    if (authentication.kind === 'unknown' && parts.isStale())
      return parts
        .refresh()
        .then(() => proceed(context, authenticator.authenticate(authorization, context.now, context.connection)))
    return proceed(context, authentication)
  }

  return (context) => {
    try {
      const reply = begin(context)
      return reply instanceof Promise ? reply.catch((error: unknown) => failed(parts, context, error)) : reply
    } catch (error) {
      return failed(parts, context, error)
    }
  }
}

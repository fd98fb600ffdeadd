import type { Notes } from '../../scim/note.ts'
import { acceptedText, routedText } from './standing-notes.ts'
import { refuseIntegration, refuseToken } from './gate.ts'
import type { Authentication } from './authenticator.ts'
import { dispatch } from './dispatch.ts'
import type { EndpointParts } from './endpoint-parts.ts'
import { failed } from './failure-replies.ts'
import type { Reply } from './reply.ts'
import type { RequestContext } from './request-context.ts'
import { routePath } from './route.ts'

/** Answers a request; anything that a person could have caused is an answer, never an exception. */
export type RequestHandler = (context: RequestContext) => Reply | Promise<Reply>

/** The way of a request: authenticate → may the integration be served now → route → read or write. */
export function createRequestHandler(parts: EndpointParts): RequestHandler {
  const { authenticator } = parts

  function proceed(context: RequestContext, authentication: Authentication): Reply | Promise<Reply> {
    if (authentication.kind !== 'accepted') return refuseToken(parts, context, authentication.kind)
    const config = parts.config()
    const integration = config.integrations.get(authentication.integrationId)
    const models = integration && config.models.get(integration.directoryId)
    if (!integration || !models) return refuseToken(parts, context, 'unknown')
    context.integration = integration
    context.trace.addText(acceptedText(integration))
    parts.onTokenUsed(authentication.tokenId, integration.id, context.now, authentication.isFirstUse)
    const closed = refuseIntegration(parts, context, integration)
    if (closed) return closed
    const notes: Notes = { strict: integration.policy.strict, add: context.trace.add }
    try {
      const { slug, route, endpoint } = routePath(context.path)
      context.endpoint = endpoint
      if (slug !== undefined && slug !== integration.slug && slug.toLowerCase() !== integration.slug) {
        const isKnown = [...config.integrations.values()].some((each) => each.slug === slug.toLowerCase())
        context.trace.add({
          step: 'route',
          code: 'other-integration',
          expected: integration.slug,
          seen: slug.slice(0, 200),
          ...(!isKnown && { count: 0 }),
        })
        return refuseToken(parts, context, 'elsewhere')
      }
      const method = context.request.method === 'HEAD' ? 'GET' : (context.request.method ?? 'GET')
      context.trace.addText(routedText(method, endpoint ?? ''))
      const reply = dispatch({ parts, context, integration, models, notes }, route, method)
      return reply instanceof Promise ? reply.catch((error: unknown) => failed(parts, context, error)) : reply
    } catch (error) {
      return failed(parts, context, error)
    }
  }

  return (context) => {
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
}

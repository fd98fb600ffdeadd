import { invalidVersion, methodNotAllowed, notFound } from '../../scim/error.ts'
import { parseQueryParameters } from '../../scim/query/query.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { answerList, answerMe, answerResource, answerSearch, searchEverything } from './reads/answer-read.ts'
import { answerBulk, answerWrite } from './answer-write.ts'
import type { AuthenticatedRequest } from './authenticated-request.ts'
import { answerDiscovery, capabilitiesOf } from './discovery-replies.ts'
import { declined } from './failure-replies.ts'
import type { Reply } from './reply.ts'
import type { RequestContext } from './request-context.ts'
import type { Route } from './route.ts'
import { urlSlip } from './url-slip.ts'

function methodRefused(context: RequestContext, method: string, allowed: string, because = ''): Reply {
  const error = methodNotAllowed(`${method} is not allowed here${because}. Allowed: ${allowed}.`)
  return { ...declined(context, error), headers: { allow: allowed } }
}

/** Where clients of SCIM 1.1 look for what SCIM 2.0 calls ServiceProviderConfig. */
function isOfScim1(path: string): boolean {
  return /\/serviceproviderconfigs\/*$/i.test(path)
}

function nothingThere({ parts, context, integration }: AuthenticatedRequest): never {
  const path = context.path.slice(0, 200)
  if (isOfScim1(path)) {
    context.trace.add({ step: 'route', code: 'scim-1' })
    throw notFound('There are no "ServiceProviderConfigs" in SCIM 2.0: the client speaks SCIM 1.1.')
  }
  const slip = urlSlip(context.path)
  context.trace.add({ step: 'route', code: 'no-route', seen: path, ...(slip && { taken: slip }) })
  throw notFound(`There is nothing at "${path}". The SCIM URL of this integration is ${parts.baseOf(integration)}.`)
}

/** Hands a request to what answers its route and method (RFC 7644 §3.2). Throws `ScimError`, as a promise rejects with it. */
export function dispatch(request: AuthenticatedRequest, route: Route, method: string): Reply | Promise<Reply> {
  const { parts, context, integration, models, notes } = request
  switch (route.kind) {
    case 'resource':
      if (method === 'GET') return answerResource(request, route.resource, route.id)
      if (method === 'PUT' || method === 'PATCH' || method === 'DELETE')
        return answerWrite(request, method, route.resource, route.id)
      return methodRefused(
        context,
        method,
        'GET, HEAD, PUT, PATCH, DELETE',
        method === 'POST' ? ': the path ends in an id, which what is to be created does not have yet' : '',
      )
    case 'collection':
      if (method === 'GET') return answerList(request, route.resource)
      if (method === 'POST') return answerWrite(request, 'POST', route.resource, undefined)
      return methodRefused(
        context,
        method,
        'GET, HEAD, POST',
        method === 'PUT' || method === 'PATCH' || method === 'DELETE'
          ? ': an id is missing at the end of the path'
          : '',
      )
    case 'search':
      return method === 'POST' ? answerSearch(request, route.resource) : methodRefused(context, method, 'POST')
    case 'server':
      return method === 'OPTIONS'
        ? methodRefused(context, method, 'GET, HEAD, POST, PUT, PATCH, DELETE')
        : nothingThere(request)
    case 'root': {
      if (method !== 'GET') return methodRefused(context, method, 'GET, HEAD')
      const query = parseQueryParameters(context.search, notes)
      // Without any parameter it is more likely a path gone wrong than a wish for everything that there is.
      return Object.keys(query).length === 0 ? nothingThere(request) : searchEverything(request, query)
    }
    case 'bulk':
      return method === 'POST' ? answerBulk(request) : methodRefused(context, method, 'POST')
    case 'me':
      return answerMe(request, method)
    case 'service-provider-config':
    case 'schemas':
    case 'resource-types': {
      if (method !== 'GET') return methodRefused(context, method, 'GET, HEAD')
      const capabilities = capabilitiesOf(parts.limits, parts.baseOf(integration))
      return answerDiscovery(route, models, capabilities, parseQueryParameters(context.search, notes))
    }
    case 'other-version':
      if (isOfScim1(context.path)) context.trace.add({ step: 'route', code: 'scim-1' })
      throw invalidVersion(
        `Version "${route.version.slice(0, 20)}" of SCIM is not served. The SCIM URL of this integration is ${parts.baseOf(integration)}.`,
      )
    case 'unknown':
      return nothingThere(request)
    default:
      return unreachable(route)
  }
}

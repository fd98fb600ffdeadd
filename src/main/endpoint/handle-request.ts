import {
  forbidden,
  methodNotAllowed,
  notFound,
  notImplemented,
  ScimError,
  tooManyRequests,
  unauthorized,
  unavailable,
} from '../../scim/error.ts'
import type { Models } from '../../scim/models.ts'
import type { Notes } from '../../scim/note.ts'
import { parseJson } from '../../scim/parse-json.ts'
import { parseQueryParameters, type Query } from '../../scim/query.ts'
import { parseSearchRequest } from '../../scim/search-request.ts'
import { unreachable } from '../../scim/unreachable.ts'
import type { DirectoryConfig, Integration } from '../directory/directory-config.ts'
import { isLargeGroup, readAll, readList, readOne, type ReadScope } from '../directory/scim-read.ts'
import type { ResourceName } from '../store/resource-kind.ts'
import type { StoreReads } from '../store/store-reads.ts'
import type { Command, Outcome } from '../writer/command.ts'
import type { CommandQueue } from '../writer/threaded-writer.ts'
import type { Authentication, Authenticator } from './authenticator.ts'
import type { CostlyRead, CostlyReads } from './costly-reads.ts'
import { answerDiscovery, capabilitiesOf } from './discovery-replies.ts'
import type { EndpointLimits } from './endpoint-limits.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { replyOfBug, replyOfError, type Reply } from './reply.ts'
import { readBody, requireJson } from './request-body.ts'
import type { RequestContext } from './request-context.ts'
import { routePath, type Route } from './route.ts'
import type { WrongTokenThrottle } from './wrong-token-throttle.ts'

/** What the endpoint works with. */
export interface EndpointParts {
  readonly reads: StoreReads
  readonly writer: Pick<CommandQueue, 'execute'>
  readonly authenticator: Authenticator
  readonly costlyReads: CostlyReads
  readonly throttle: WrongTokenThrottle
  readonly rateLimiter: RateLimiter
  readonly limits: EndpointLimits
  /** The configuration in force. */
  config(): DirectoryConfig
  /** Whether another process has changed the configuration since. */
  isStale(): boolean
  /** Takes over what has changed. */
  refresh(): Promise<void>
  /** The SCIM base URL of an integration, without a trailing slash. */
  baseOf(integration: Integration): string
  onTokenUsed(tokenId: number, integrationId: number, now: number, isFirst: boolean): void
  onBug(requestId: string, stack: string): void
}

/** Answers a request; anything that a person could have caused is an answer, never an exception. */
export type RequestHandler = (context: RequestContext) => Reply | Promise<Reply>

interface Authenticated {
  readonly context: RequestContext
  readonly integration: Integration
  readonly models: Models
  readonly notes: Notes
}

function refused(
  context: RequestContext,
  error: ScimError,
  code: string,
  headers?: Readonly<Record<string, string>>,
): Reply {
  context.notes.push({ step: 'authenticate', code })
  return replyOfError(error, headers)
}

const challenges = {
  missing: 'Send the token of the integration as "Authorization: Bearer TOKEN".',
  unknown: 'The token is wrong or no longer valid. Copy it again or issue a new one.',
  expired: 'The token has expired. Issue a new one.',
} as const

/** A refusal that the trace explains with the words the client is given. */
function declined(context: RequestContext, error: ScimError): Reply {
  context.notes.push({
    step: 'rule',
    code: 'declined',
    seen: error.detail,
    ...(error.scimType ? { expected: error.scimType } : {}),
  })
  return replyOfError(error)
}

/** The pipeline of DESIGN, "The way of one request": authenticate → gate → route → read or write. */
export function createRequestHandler(parts: EndpointParts): RequestHandler {
  const { authenticator, limits } = parts

  function refuseToken(context: RequestContext, kind: keyof typeof challenges): Reply {
    const wait =
      kind === 'missing' ? undefined : parts.throttle.strike(context.request.socket.remoteAddress ?? '', context.now)
    if (wait !== undefined)
      return refused(
        context,
        tooManyRequests('Too many wrong tokens have come from this address. Wait, then send the right one.'),
        'rate-limited',
        {
          'retry-after': String(wait),
        },
      )
    const challenge = kind === 'missing' ? 'Bearer realm="Rollcall"' : 'Bearer realm="Rollcall", error="invalid_token"'
    return refused(context, unauthorized(challenges[kind]), `token-${kind}`, { 'www-authenticate': challenge })
  }

  /** Why an integration with a valid token is not served now. */
  function gate(integration: Integration, context: RequestContext): Reply | undefined {
    if (!integration.isEnabled)
      return refused(context, forbidden('This integration is disabled. Enable it in Rollcall.'), 'integration-disabled')
    if (integration.isPaused)
      return refused(
        context,
        unavailable('This integration is paused. It answers again when it is resumed.'),
        'integration-paused',
        {
          'retry-after': '60',
        },
      )
    if (integration.administratorProblem !== undefined)
      return refused(context, forbidden(integration.administratorProblem), 'administrator-inactive')
    const perSecond = integration.policy.requestsPerSecond || limits.requestsPerSecond
    const wait = perSecond > 0 ? parts.rateLimiter.take(integration.id, perSecond, context.now) : undefined
    if (wait === undefined) return undefined
    return refused(
      context,
      tooManyRequests(`More than ${perSecond} requests a second have come. Wait ${wait} s.`),
      'rate-limited',
      {
        'retry-after': String(wait),
      },
    )
  }

  function readScope({ integration, models, context, notes }: Authenticated): ReadScope {
    return {
      reads: parts.reads,
      models,
      directoryId: integration.directoryId,
      policy: integration.policy,
      view: { integrationId: integration.id, base: parts.baseOf(integration) },
      limits,
      now: context.now,
      notes,
    }
  }

  async function runCostly(
    request: Authenticated,
    read: Pick<CostlyRead, 'kind' | 'resource' | 'id' | 'query'>,
  ): Promise<Reply> {
    const reply = await parts.costlyReads.run({
      ...read,
      integrationId: request.integration.id,
      base: parts.baseOf(request.integration),
      ifNoneMatch: request.context.request.headers['if-none-match'],
      now: request.context.now,
    })
    if (reply.kind === 'bug') return bug(request.context, reply.stack)
    request.context.notes.push(...reply.notes)
    if (reply.kind === 'answer') return reply.answer
    return declined(request.context, new ScimError(reply.error.status, reply.error.scimType, reply.error.detail))
  }

  function bug(context: RequestContext, stack: string): Reply {
    parts.onBug(context.id, stack)
    context.notes.push({ step: 'status', code: 'bug', seen: stack.slice(0, 2000) })
    return replyOfBug(context.id)
  }

  function list(request: Authenticated, resource: ResourceName, query: Query): Reply | Promise<Reply> {
    const outcome = readList(readScope(request), resource, query, false)
    return outcome.kind === 'answer' ? outcome.answer : runCostly(request, { kind: 'list', resource, id: '', query })
  }

  function readById(request: Authenticated, resource: ResourceName, id: string): Reply | Promise<Reply> {
    const { context, notes } = request
    context.resourceId = id
    const query = context.search === '' ? noQuery : parseQueryParameters(context.search, notes)
    const scope = readScope(request)
    if (resource === 'Group' && isLargeGroup(scope, id, query))
      return runCostly(request, { kind: 'group', resource, id, query })
    return readOne(scope, resource, id, query, context.request.headers['if-none-match'])
  }

  async function search(request: Authenticated, resource: ResourceName | undefined): Promise<Reply> {
    const query = parseSearchRequest(parseJson(await bodyOf(request)), request.notes)
    if (resource) return list(request, resource, query)
    const isLarge = parts.reads.lists.total(request.integration.directoryId, 0) > limits.costlyFrom
    return isLarge
      ? runCostly(request, { kind: 'all', resource: 'User', id: '', query })
      : readAll(readScope(request), query)
  }

  async function bodyOf({ context }: Authenticated): Promise<string> {
    requireJson(context.request)
    context.body = await readBody(context.request, limits.bodyBytes)
    return context.body
  }

  async function write(
    request: Authenticated,
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    resource: ResourceName,
    id: string | undefined,
  ): Promise<Reply> {
    const { context, integration } = request
    context.resourceId = id
    const body = method === 'DELETE' ? undefined : await bodyOf(request)
    return execute(request, {
      kind: 'scim',
      integrationId: integration.id,
      method,
      resource,
      id,
      body,
      query: context.search,
      ifMatch: context.request.headers['if-match'],
      base: parts.baseOf(integration),
      requestId: context.id,
      now: context.now,
    })
  }

  async function execute({ context }: Authenticated, command: Command): Promise<Reply> {
    const outcome: Outcome = await parts.writer.execute(command)
    switch (outcome.kind) {
      case 'answer':
        context.notes.push(...outcome.notes)
        return outcome.answer
      case 'scim-error':
        context.notes.push(...outcome.notes)
        return declined(context, new ScimError(outcome.status, outcome.scimType, outcome.detail))
      case 'store-error':
        parts.onBug(context.id, outcome.problem)
        return replyOfError(
          unavailable('Rollcall cannot store anything at present. Nothing was changed; try again later.'),
          {
            'retry-after': '60',
          },
        )
      case 'bug':
        return bug(context, outcome.stack)
      case 'value':
      case 'refused':
        return bug(context, `unexpected outcome ${outcome.kind}`)
      default:
        return unreachable(outcome)
    }
  }

  function methodRefused(method: string, allowed: string): Reply {
    return replyOfError(methodNotAllowed(`${method} is not allowed here. Allowed: ${allowed}.`), { allow: allowed })
  }

  function dispatch(request: Authenticated, route: Route, method: string): Reply | Promise<Reply> {
    const { context, integration, models, notes } = request
    switch (route.kind) {
      case 'resource':
        if (method === 'GET') return readById(request, route.resource, route.id)
        if (method === 'PUT' || method === 'PATCH' || method === 'DELETE')
          return write(request, method, route.resource, route.id)
        return methodRefused(method, 'GET, PUT, PATCH, DELETE')
      case 'collection':
        if (method === 'GET') return list(request, route.resource, parseQueryParameters(context.search, notes))
        if (method === 'POST') return write(request, 'POST', route.resource, undefined)
        return methodRefused(method, 'GET, POST')
      case 'search':
        return method === 'POST' ? search(request, route.resource) : methodRefused(method, 'POST')
      case 'bulk':
        return method === 'POST' ? bulk(request) : methodRefused(method, 'POST')
      case 'me':
        return me(request, method)
      case 'service-provider-config':
      case 'schemas':
      case 'resource-types': {
        if (method !== 'GET') return methodRefused(method, 'GET')
        const capabilities = capabilitiesOf(limits, parts.baseOf(integration))
        return answerDiscovery(route, models, capabilities, parseQueryParameters(context.search, notes))
      }
      case 'unknown':
        context.notes.push({ step: 'route', code: 'no-route', seen: context.path.slice(0, 200) })
        throw notFound(
          `There is nothing at "${context.path.slice(0, 200)}". The SCIM URL of this integration is ${parts.baseOf(integration)}.`,
        )
      default:
        return unreachable(route)
    }
  }

  async function bulk(request: Authenticated): Promise<Reply> {
    const { context, integration } = request
    return execute(request, {
      kind: 'bulk',
      integrationId: integration.id,
      body: await bodyOf(request),
      base: parts.baseOf(integration),
      requestId: context.id,
      now: context.now,
    })
  }

  /** RFC 7644 §3.11: the SCIM administrator, where SCIM may see that user; 501 otherwise. */
  function me(request: Authenticated, method: string): Reply | Promise<Reply> {
    const { id } = request.integration.administrator
    const isSeen = parts.reads.users.listed(request.integration.directoryId, id) !== undefined
    if (method !== 'GET' || !isSeen)
      throw notImplemented(
        'This integration acts as a local administrator, whom SCIM does not show. /Me is answered only for a User Manager.',
      )
    return readById(request, 'User', id)
  }

  function failed(context: RequestContext, error: unknown): Reply {
    if (!(error instanceof ScimError))
      return bug(context, error instanceof Error ? (error.stack ?? error.message) : String(error))
    if (error.status === 413) context.notes.push({ step: 'parse', code: 'limit-exceeded', seen: error.detail })
    return declined(context, error)
  }

  function proceed(context: RequestContext, authentication: Authentication): Reply | Promise<Reply> {
    if (authentication.kind !== 'accepted') return refuseToken(context, authentication.kind)
    const config = parts.config()
    const integration = config.integrations.get(authentication.integrationId)
    const models = integration && config.models.get(integration.directoryId)
    if (!integration || !models) return refuseToken(context, 'unknown')
    context.integration = integration
    context.notes.push({ step: 'authenticate', code: 'token-accepted', seen: integration.slug })
    parts.onTokenUsed(authentication.tokenId, integration.id, context.now, authentication.isFirstUse)
    const closed = gate(integration, context)
    if (closed) return closed
    const notes: Notes = { strict: integration.policy.strict, add: (note) => void context.notes.push(note) }
    try {
      const { slug, route, endpoint } = routePath(context.path)
      context.endpoint = endpoint
      if (slug !== undefined && slug !== integration.slug) {
        context.notes.push({
          step: 'route',
          code: 'other-integration',
          expected: integration.slug,
          seen: slug.slice(0, 200),
        })
        return refuseToken(context, 'unknown')
      }
      const method = context.request.method === 'HEAD' ? 'GET' : (context.request.method ?? 'GET')
      context.notes.push({ step: 'route', code: 'routed', path: method, seen: endpoint ?? '' })
      const reply = dispatch({ context, integration, models, notes }, route, method)
      return reply instanceof Promise ? reply.catch((error: unknown) => failed(context, error)) : reply
    } catch (error) {
      return failed(context, error)
    }
  }

  return (context) => {
    const { authorization } = context.request.headers
    const authentication = authenticator.authenticate(authorization, context.now)
    // A token that was issued a moment ago works at once, before the configuration is looked at in its turn.
    if (authentication.kind === 'unknown' && parts.isStale())
      return parts.refresh().then(() => proceed(context, authenticator.authenticate(authorization, context.now)))
    return proceed(context, authentication)
  }
}

const noQuery: Query = {}

import {
  refuseDiscoveryFilter,
  resourceTypeBody,
  resourceTypesBody,
  schemaBody,
  schemasBody,
  serviceProviderConfigBody,
  type Capabilities,
} from '../../scim/discovery.ts'
import { notFound } from '../../scim/error.ts'
import type { JsonObject } from '../../scim/json/json.ts'
import type { Models } from '../../scim/model/models.ts'
import type { Query } from '../../scim/query/query.ts'
import type { Answer } from '../directory/read/answer.ts'
import type { EndpointLimits } from './endpoint-limits.ts'
import type { Route } from './route.ts'

export function capabilitiesOf(limits: EndpointLimits, baseUrl: string): Capabilities {
  return {
    maxResults: limits.maxPageSize,
    defaultPageSize: limits.defaultPageSize,
    bulkMaxOperations: limits.bulkMaxOperations,
    bulkMaxPayload: limits.bodyBytes,
    cursorTimeoutSeconds: limits.cursorTimeoutSeconds,
    baseUrl,
  }
}

type DiscoveryRoute = Extract<Route, { readonly kind: 'service-provider-config' | 'schemas' | 'resource-types' }>

function found(body: JsonObject | undefined, what: string): Answer {
  if (!body) throw notFound(what)
  return { status: 200, body: JSON.stringify(body) }
}

function collection(body: JsonObject): Answer {
  const total = body['totalResults']
  return { status: 200, body: JSON.stringify(body), matched: typeof total === 'number' ? total : undefined }
}

/** RFC 7644 §4. Throws 403 for a filter and 404 for an unknown name. */
export function answerDiscovery(
  route: DiscoveryRoute,
  models: Models,
  capabilities: Capabilities,
  query: Query,
): Answer {
  refuseDiscoveryFilter(query)
  if (route.kind === 'service-provider-config') return found(serviceProviderConfigBody(capabilities), '')
  const { id } = route
  if (route.kind === 'schemas')
    return id === undefined
      ? collection(schemasBody(models, capabilities))
      : found(schemaBody(models, capabilities, id), `There is no schema "${id.slice(0, 200)}". See /Schemas.`)
  return id === undefined
    ? collection(resourceTypesBody(models, capabilities))
    : found(
        resourceTypeBody(models, capabilities, id),
        `There is no resource type "${id.slice(0, 200)}". See /ResourceTypes.`,
      )
}

import type { Attribute } from './model/attribute.ts'
import { forbidden } from './error.ts'
import type { JsonObject } from './json/json.ts'
import type { Models } from './model/models.ts'
import { commonAttributes, type ResourceModel } from './model/resource-model.ts'
import type { Schema } from './model/schema.ts'
import { listResponseUrn, resourceTypeSchemaUrn, schemaSchemaUrn, serviceProviderConfigSchemaUrn } from './urn.ts'

/** What the endpoint can do and where it is, as far as discovery tells it to clients. */
export interface Capabilities {
  /** The largest page, which is also the largest number of filter results. */
  readonly maxResults: number
  readonly defaultPageSize: number
  readonly bulkMaxOperations: number
  /** In bytes. */
  readonly bulkMaxPayload: number
  readonly cursorTimeoutSeconds: number
  /** The SCIM URL without a slash at its end. */
  readonly baseUrl: string
  readonly documentationUri?: string
}

/** The body of `/ServiceProviderConfig`: RFC 7643 §5, with the `pagination` of RFC 9865 §4. */
export function serviceProviderConfigBody(capabilities: Capabilities): JsonObject {
  return {
    schemas: [serviceProviderConfigSchemaUrn],
    ...(capabilities.documentationUri === undefined ? {} : { documentationUri: capabilities.documentationUri }),
    patch: { supported: true },
    bulk: {
      supported: true,
      maxOperations: capabilities.bulkMaxOperations,
      maxPayloadSize: capabilities.bulkMaxPayload,
    },
    filter: { supported: true, maxResults: capabilities.maxResults },
    // No password is kept, so there is none to change.
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: capabilities.defaultPageSize,
      maxPageSize: capabilities.maxResults,
      cursorTimeout: capabilities.cursorTimeoutSeconds,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'The token of the integration in the Authorization header.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${capabilities.baseUrl}/ServiceProviderConfig` },
  }
}

function describeResourceType(model: ResourceModel, baseUrl: string): JsonObject {
  return {
    schemas: [resourceTypeSchemaUrn],
    id: model.name,
    name: model.name,
    endpoint: model.endpoint,
    description: model.description,
    schema: model.core.id,
    schemaExtensions: model.extensions.map((each) => ({ schema: each.id, required: false })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${model.name}` },
  }
}

function attributeBody({ subAttributes, ...characteristics }: Attribute): JsonObject {
  return subAttributes === undefined
    ? characteristics
    : { ...characteristics, subAttributes: subAttributes.map(attributeBody) }
}

/**
 * RFC 7643 §3.1 lets a schema list common attributes. Of these the client writes `externalId`, and Microsoft's validation for the gallery looks for each
 * attribute that is mapped. Of `id`, when listed, Microsoft's SCIM Validator makes something to be written.
 */
const listedCommonAttributes = commonAttributes.filter(({ name }) => name === 'externalId')

function describeSchema(models: Models, schema: Schema, baseUrl: string): JsonObject {
  const isCore = schema === models.user.core || schema === models.group.core
  const attributes = isCore ? [...schema.attributes, ...listedCommonAttributes] : schema.attributes
  return {
    schemas: [schemaSchemaUrn],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: attributes.map(attributeBody),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  }
}

// RFC 7644 §4: discovery answers are ListResponses that paging parameters do not apply to.
function everything(resources: readonly JsonObject[]): JsonObject {
  return {
    schemas: [listResponseUrn],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  }
}

/** The body of `/ResourceTypes`: RFC 7643 §6. */
export function resourceTypesBody(models: Models, { baseUrl }: Capabilities): JsonObject {
  return everything([describeResourceType(models.user, baseUrl), describeResourceType(models.group, baseUrl)])
}

/** The body of `/ResourceTypes/{name}`, or undefined if there is no such type. */
export function resourceTypeBody(models: Models, { baseUrl }: Capabilities, name: string): JsonObject | undefined {
  const wanted = name.toLowerCase()
  const model = [models.user, models.group].find((each) => each.name.toLowerCase() === wanted)
  return model && describeResourceType(model, baseUrl)
}

/** The body of `/Schemas`: RFC 7643 §7; the schemas of the resources and no others. */
export function schemasBody(models: Models, { baseUrl }: Capabilities): JsonObject {
  const all = [models.user.core, models.group.core, ...models.user.extensions, ...models.group.extensions]
  return everything(all.map((each) => describeSchema(models, each, baseUrl)))
}

/** The body of `/Schemas/{urn}`, the URN in any letter case, or undefined if there is no such schema. */
export function schemaBody(models: Models, { baseUrl }: Capabilities, urn: string): JsonObject | undefined {
  const found = models.user.schema(urn) ?? models.group.schema(urn)
  return found && describeSchema(models, found, baseUrl)
}

/** RFC 7644 §4: a filter on a discovery endpoint is refused with 403, for a client must not take it as applied. */
export function refuseDiscoveryFilter(query: { readonly filter?: unknown }): void {
  if (query.filter !== undefined)
    throw forbidden('Discovery endpoints take no filter (RFC 7644 §4). Read the whole list instead.')
}

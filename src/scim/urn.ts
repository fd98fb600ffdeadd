/** Schema URNs of RFC 7643 §8.7 and message URNs of RFC 7644 §8.2. */
export const userSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const groupSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const enterpriseUserSchemaUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
/**
 * What the enterprise extension was called in SCIM 1.1 and in drafts of SCIM 2.0, in lower case. OneLogin's template has its data under the
 * first (developers.onelogin.com/scim/define-user-schema), its connector for SCIM 2.0 names the second (github.com/goauthentik/authentik/issues/11249).
 */
export const formerEnterpriseUserUrns: ReadonlySet<string> = new Set([
  'urn:scim:schemas:extension:enterprise:1.0',
  'urn:scim:schemas:extension:enterprise:2.0',
  'urn:scim:schemas:extension:enterprise:1.0:user',
  'urn:scim:schemas:extension:enterprise:2.0:user',
])
/** The schema of users and groups in SCIM 1.1. */
export const scim1CoreUrn = 'urn:scim:schemas:core:1.0'
export const schemaSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
export const resourceTypeSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
export const serviceProviderConfigSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'

export const listResponseUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const searchRequestUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
export const patchOpUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const bulkRequestUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
export const bulkResponseUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'
export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'

import { member } from '../../../idp/simulated/answer-content.ts'
import type { JsonValue } from '../../../scim/json/json.ts'
import type { Answer } from '../exchange.ts'

export type Feature = 'patch' | 'bulk' | 'filter' | 'sort' | 'etag'

/** What an endpoint says of itself in /ServiceProviderConfig and /ResourceTypes. */
export interface Capabilities {
  /** Undefined where it does not say. */
  claims(feature: Feature): boolean | undefined
  readonly hasCursors: boolean
  /** Whether there are groups, as far as it says; undefined where it does not. */
  readonly hasGroups: boolean | undefined
  readonly hasEnterpriseUser: boolean | undefined
  readonly bulkMaxOperations: number
}

function supported(value: JsonValue | undefined): boolean | undefined {
  const claim = member(value, 'supported')
  return typeof claim === 'boolean' ? claim : undefined
}

function resourceTypes(answer: Answer | undefined): readonly JsonValue[] | undefined {
  if (answer?.status !== 200) return undefined
  // RFC 7644 §4 wants a list answer; a bare array is seen as well.
  const listed = Array.isArray(answer.body) ? answer.body : member(answer.body, 'Resources')
  return Array.isArray(listed) ? listed : undefined
}

export function readCapabilities(config: Answer | undefined, types: Answer | undefined): Capabilities {
  const body = config?.status === 200 ? config.body : undefined
  const known = resourceTypes(types)
  const text = JSON.stringify(known ?? []).toLowerCase()
  const bulkMaxOperations = member(member(body, 'bulk'), 'maxOperations')
  return {
    claims: (feature) => supported(member(body, feature)),
    hasCursors: member(member(body, 'pagination'), 'cursor') === true,
    hasGroups: known && text.includes('core:2.0:group'),
    hasEnterpriseUser: known && text.includes('extension:enterprise:2.0:user'),
    bulkMaxOperations: typeof bulkMaxOperations === 'number' ? bulkMaxOperations : 0,
  }
}

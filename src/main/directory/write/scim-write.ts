import type { Projection } from '../../../scim/query/projection.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'

/** One write of a client, its body parsed from JSON but not looked into. */
export interface ScimWrite {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly resource: ResourceName
  /** Undefined for POST. */
  readonly id: string | undefined
  readonly body: unknown
  readonly ifMatch: string | undefined
  readonly ifNoneMatch?: string | undefined
  /** What the answer shows. */
  readonly projection: Projection
  /** The client asked for particular attributes, so a PATCH answers with a body whatever the policy says. */
  readonly wantsBody: boolean
  /** The answer holds no more members of a group than these; with more it holds none. Undefined: all. */
  readonly mostMembers?: number | undefined
}

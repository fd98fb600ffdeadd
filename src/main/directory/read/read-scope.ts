import type { Models } from '../../../scim/model/models.ts'
import type { Notes } from '../../../scim/note.ts'
import type { PagingLimits } from '../../../scim/query/paging.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { Policy } from '../policy.ts'
import type { Viewpoint } from './represent.ts'

/** Limits of reading, from the engine's options. */
export interface ReadLimits extends PagingLimits {
  readonly cursorTimeoutSeconds: number
  /** A question that touches more users, groups or memberships than this is answered by another thread. */
  readonly costlyFrom: number
}

/** For whom and by what rules something is read. */
export interface ReadScope {
  readonly reads: StoreReads
  readonly models: Models
  readonly directoryId: number
  readonly policy: Policy
  readonly view: Viewpoint
  readonly limits: ReadLimits
  readonly now: number
  readonly notes: Notes
}

export function modelOf(scope: ReadScope, resource: ResourceName): ResourceModel {
  return resource === 'User' ? scope.models.user : scope.models.group
}

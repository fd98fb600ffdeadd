import type { Notes } from '../../../scim/note.ts'
import type { Models } from '../../../scim/model/models.ts'
import type { UsableIndex } from '../../store/configuration/lookup-indexes.ts'
import type { StoreWrites } from '../../store/store-writes.ts'
import type { Policy } from '../policy.ts'

/** In whose name and by what rules a transaction changes the directory. */
export interface WriteScope {
  readonly store: StoreWrites
  readonly models: Models
  /** The indexes of attributes that a change of a user keeps up. */
  readonly indexes: readonly UsableIndex[]
  readonly directoryId: number
  /** Undefined when the admin acts, not an IdP. */
  readonly integrationId: number | undefined
  /** An integration's slug, `command line` or `console`; the audit's word. */
  readonly actor: string
  readonly requestId: string | undefined
  /** Ms since the epoch. */
  readonly now: number
  /** The SCIM base URL that locations are built from, without a trailing slash. */
  readonly base: string
  readonly policy: Policy
  readonly notes: Notes
}

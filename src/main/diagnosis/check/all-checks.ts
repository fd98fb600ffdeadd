import type { CheckGroup } from './check.ts'
import { authentication } from './subjects/authentication.ts'
import { bulk } from './subjects/bulk.ts'
import { discovery } from './subjects/discovery.ts'
import { errors } from './subjects/errors.ts'
import { filters } from './subjects/filters.ts'
import { groups } from './subjects/groups.ts'
import { membership } from './subjects/membership.ts'
import { paging } from './subjects/paging.ts'
import { patch } from './subjects/patch.ts'
import { projection } from './subjects/projection.ts'
import { sorting } from './subjects/sorting.ts'
import { users } from './subjects/users.ts'
import { versioning } from './subjects/versioning.ts'

export const allChecks: readonly CheckGroup[] = [
  authentication,
  discovery,
  users,
  filters,
  paging,
  patch,
  groups,
  membership,
  projection,
  sorting,
  errors,
  versioning,
  bulk,
]

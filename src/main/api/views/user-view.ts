import type { UserDetail, UserRow } from '../../../contract/users.ts'
import { userJson } from '../../directory/read/represent.ts'
import { damagedRecord, shownDocument, userDocument } from '../../directory/user-document.ts'
import type { Engine } from '../../engine.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import type { FoundUser } from '../../store/roster/search-rosters.ts'
import type { UserRow as StoredUser } from '../../store/resources/users.ts'
import { displayNameOf } from './display-name.ts'
import { modelsOf } from '../rosters/models.ts'
import {
  baseOf,
  driftView,
  externalIdsOf,
  managerOf,
  managersOf,
  nobody,
  resourceOf,
  type Managers,
} from './resource-view.ts'

export function userRowView(managers: Managers, user: FoundUser): UserRow {
  return {
    id: user.id,
    userName: user.user_name,
    displayName: user.display_name,
    active: user.active === 1,
    role: user.role,
    source: user.source,
    manager: managerOf(managers, user.managed_by),
    createdAt: user.created_at,
    modifiedAt: user.modified_at,
    archivedAt: user.archived_at,
    isSample: user.is_sample === 1,
    drifted: user.drifted,
  }
}

/** Everything about one user but for the history. */
export function userDetailView(engine: Engine, user: StoredUser): UserDetail {
  const { reads } = engine
  const groups = reads.memberships.groupsOfUser(user.seq)
  const document = shownDocument(user)
  const model = modelsOf(engine, user.directory_id).user
  const drift = driftView(engine, model, kinds.User, user.seq, document)
  const row: FoundUser = {
    ...user,
    display_name: displayNameOf(user.doc),
    is_sample: reads.samples.has(user.directory_id, kinds.User, user.id) ? 1 : 0,
    drifted: drift.length,
  }
  return {
    ...userRowView(managersOf(engine), row),
    version: user.version,
    resource: resourceOf(
      userJson({ ...user, doc: JSON.stringify(document) }, groups, {
        integrationId: nobody,
        base: baseOf(engine),
        seesGroups: true,
      }),
    ),
    damage: userDocument(user) === undefined ? damagedRecord(user) : null,
    externalIds: externalIdsOf(engine, user),
    groups: groups.map(({ id, display, direct }) => ({ id, displayName: display, isDirect: direct === 1 })),
    drift,
    isHidden: user.hidden === 1,
    actsFor: reads.integrations
      .all()
      .filter((each) => each.administrator_seq === user.seq)
      .map(({ slug, name }) => ({ slug, name })),
  }
}

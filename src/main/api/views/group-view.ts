import type { GroupDetail, GroupMember, GroupRow } from '../../../contract/groups.ts'
import { groupResource } from '../../directory/write/group-record.ts'
import { memberlessGroupJson } from '../../directory/read/represent.ts'
import type { Engine } from '../../engine.ts'
import type { GroupRow as StoredGroup } from '../../store/resources/groups.ts'
import { kinds, type ResourceKind } from '../../store/resources/resource-kind.ts'
import type { FoundGroup } from '../../store/roster/search-rosters.ts'
import type { FoundMember } from '../../store/roster/find-members.ts'
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

export function groupRowView(managers: Managers, group: FoundGroup): GroupRow {
  return {
    id: group.id,
    displayName: group.display_name,
    members: group.members,
    source: group.source,
    manager: managerOf(managers, group.managed_by),
    createdAt: group.created_at,
    modifiedAt: group.modified_at,
    archivedAt: group.archived_at,
    isSample: group.is_sample === 1,
    drifted: group.drifted,
  }
}

function kindName(kind: ResourceKind): 'User' | 'Group' {
  return kind === kinds.User ? 'User' : 'Group'
}

export function memberView(member: FoundMember): GroupMember {
  return {
    id: member.id,
    kind: kindName(member.kind),
    name: member.name,
    userName: member.user_name,
    isActive: member.active === 1,
    isHidden: member.hidden === 1,
    isByHand: member.by_hand === 1,
  }
}

/** Members that have drifted are named up to this many. */
const namedMembers = 100

/** Everything about one group but for its members and the history. */
export function groupDetailView(engine: Engine, group: StoredGroup): GroupDetail {
  const { reads } = engine
  const model = modelsOf(engine, group.directory_id).group
  const drift = driftView(engine, model, kinds.Group, group.seq, groupResource(group, undefined))
  const row: FoundGroup = {
    ...group,
    members: reads.memberships.count(group.seq),
    is_sample: reads.samples.has(group.directory_id, kinds.Group, group.id) ? 1 : 0,
    drifted: drift.length + reads.drift.memberCount(group.seq),
  }
  return {
    ...groupRowView(managersOf(engine), row),
    version: group.version,
    resource: resourceOf(memberlessGroupJson(group, { integrationId: nobody, base: baseOf(engine), seesGroups: true })),
    externalIds: externalIdsOf(engine, group),
    memberOf: reads.memberships.parentsOf(group.seq).map(({ id, display_name: displayName }) => ({ id, displayName })),
    drift,
    memberDrift: reads.drift.members(group.seq, namedMembers).map((each) => ({
      id: each.id,
      kind: kindName(each.kind),
      name: each.name,
      what: each.was_member === 1 ? ('removed' as const) : ('added' as const),
      isOutOfSight: each.is_out_of_sight === 1,
      at: each.at,
      actor: each.actor,
    })),
  }
}

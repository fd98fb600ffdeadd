import { isLocal, isManaged } from '../resources/managed-records.ts'
import type { SqlFragment } from '../filter/sql-fragment.ts'
import type { RosterOrder, RosterPlan } from './roster-plan.ts'
import type { GroupSearch } from './roster-search.ts'
import { groupHasText, groupsByText } from './roster-text.ts'

const present = 'archived_at is null'

function walkedBy(index: string, key: string, condition = present): RosterOrder {
  return { key, condition, walks: [{ index, key, condition }], isNullable: false }
}

/** A group that was never changed stands in no index of changes, but in that of what was created when. */
const orders: { readonly [Sort in GroupSearch['sort']]: RosterOrder } = {
  displayName: walkedBy('groups_by_display_name', 'display_name_key'),
  createdAt: walkedBy('groups_listed', 'created_at'),
  modifiedAt: {
    key: 'modified_at',
    condition: present,
    walks: [
      { index: 'groups_by_modified', key: 'modified_at', condition: `${present} and modified_at > created_at` },
      { index: 'groups_listed', key: 'created_at', condition: `${present} and modified_at = created_at` },
    ],
    isNullable: false,
  },
}

const archivedOrder = walkedBy('groups_archived', 'archived_at', 'archived_at is not null')

const drifted = 'select seq from drift where kind = 1 union all select group_seq from member_drift'

function conditionsOf({ text, source, managedBy, hasDrifted }: GroupSearch): readonly SqlFragment[] {
  return [
    ...(source === undefined ? [] : [{ sql: source === 'local' ? isLocal : isManaged, params: [] }]),
    ...(managedBy === undefined ? [] : [{ sql: 'managed_by = ?', params: [managedBy] }]),
    ...(hasDrifted ? [{ sql: `seq in (${drifted})`, params: [] }] : []),
    ...(text ? [groupHasText(text)] : []),
  ]
}

function sourcesOf({ directoryId, archived, text, hasDrifted }: GroupSearch): readonly SqlFragment[] {
  if (archived)
    return [
      {
        sql: 'select seq from groups indexed by groups_archived where directory_id = ? and archived_at is not null',
        params: [directoryId],
      },
    ]
  return [...(hasDrifted ? [{ sql: drifted, params: [] }] : []), ...(text ? [groupsByText(directoryId, text)] : [])]
}

/** `count` tells how many groups are listed without any filter. */
export function groupPlan(search: GroupSearch, count: () => number): RosterPlan {
  const { archived, sort, descending, directoryId } = search
  return {
    table: 'groups',
    order: archived ? archivedOrder : orders[sort],
    descending,
    directoryId,
    conditions: conditionsOf(search),
    sources: sourcesOf(search),
    count,
  }
}

import type { UserRow } from '../../../contract/users.ts'
import type { Column } from '../../components/table/data-table.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { roleNames } from '../directory/role-names.ts'
import { SourceCell } from '../directory/source-text.tsx'

/** Whether a person may sign in, in a word. */
export function UserState({ user }: { readonly user: Pick<UserRow, 'active' | 'archivedAt'> }) {
  if (user.archivedAt !== null) return <StateBadge meaning="neutral" icon="disabled" word="Archived" />
  return user.active ? (
    <StateBadge meaning="ok" word="Active" />
  ) : (
    <StateBadge meaning="neutral" icon="paused" word="Inactive" />
  )
}

/** The row as a sentence. */
export function userSentence({ userName, displayName, active, archivedAt, drifted }: UserRow): string {
  const state = archivedAt !== null ? 'archived' : active ? 'active' : 'inactive'
  return `${displayName ?? userName}, ${userName}, ${state}${drifted > 0 ? ', edited by hand' : ''}`
}

const userName: Column<UserRow> = {
  id: 'userName',
  label: 'userName',
  isSortable: true,
  cell: (user) => (
    <bdi className="cut" title={user.userName}>
      {user.userName}
    </bdi>
  ),
}

const displayName: Column<UserRow> = {
  id: 'displayName',
  label: 'Name',
  isSortable: true,
  givesWay: 4,
  cell: (user) =>
    user.displayName === null ? (
      '–'
    ) : (
      <bdi className="cut" title={user.displayName}>
        {user.displayName}
      </bdi>
    ),
}

const state: Column<UserRow> = { id: 'state', label: 'State', width: 120, cell: (user) => <UserState user={user} /> }

const role: Column<UserRow> = {
  id: 'role',
  label: 'Role',
  width: 124,
  givesWay: 2,
  cell: (user) => roleNames[user.role],
}

const source: Column<UserRow> = {
  id: 'source',
  label: 'Source',
  width: 210,
  givesWay: 3,
  cell: (user) => <SourceCell record={user} />,
}

const changed: Column<UserRow> = {
  id: 'modifiedAt',
  label: 'Changed',
  width: 116,
  givesWay: 1,
  isSortable: true,
  cell: ({ modifiedAt }) => <RelativeTime at={modifiedAt} isPast />,
}

const archived: Column<UserRow> = {
  id: 'archivedAt',
  label: 'Archived',
  width: 116,
  cell: ({ archivedAt }) => <RelativeTime at={archivedAt} isPast />,
}

const unsortable = (column: Column<UserRow>): Column<UserRow> => ({ ...column, isSortable: false })

/** Archived ones come in the order in which they were archived, and no other. */
export function userColumns(isArchived: boolean): readonly Column<UserRow>[] {
  return isArchived
    ? [unsortable(userName), unsortable(displayName), source, archived]
    : [userName, displayName, state, role, source, changed]
}

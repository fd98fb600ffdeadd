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
const role: Column<UserRow> = { id: 'role', label: 'Role', width: 124, cell: (user) => roleNames[user.role] }
const source: Column<UserRow> = {
  id: 'source',
  label: 'Source',
  width: 210,
  cell: (user) => <SourceCell record={user} />,
}

const changed: Column<UserRow> = {
  id: 'modifiedAt',
  label: 'Changed',
  width: 116,
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

/** What there is room for. Archived ones come in the order in which they were archived, and no other. */
export function userColumns(room: 'wide' | 'medium' | 'narrow', isArchived: boolean): readonly Column<UserRow>[] {
  if (isArchived) {
    const names = [unsortable(userName), unsortable(displayName)]
    return room === 'wide' ? [...names, source, archived] : [...names, archived]
  }
  if (room === 'narrow') return [userName, displayName, state]
  return room === 'medium'
    ? [userName, displayName, state, source]
    : [userName, displayName, state, role, source, changed]
}

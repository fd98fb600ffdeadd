import type { GroupRow } from '../../../contract/groups.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import type { Column } from '../../components/table/data-table.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { SourceCell } from '../directory/source-text.tsx'

/** The row as a sentence. */
export function groupSentence({ displayName, members, drifted }: GroupRow): string {
  return `${displayName}, ${amountText(members, 'member')}${drifted > 0 ? ', edited by hand' : ''}`
}

const displayName: Column<GroupRow> = {
  id: 'displayName',
  label: 'Name',
  isSortable: true,
  cell: (group) => (
    <bdi className="cut" title={group.displayName}>
      {group.displayName}
    </bdi>
  ),
}

const members: Column<GroupRow> = {
  id: 'members',
  label: 'Members',
  width: 96,
  isNumber: true,
  cell: (group) => numberText(group.members),
}

const source: Column<GroupRow> = {
  id: 'source',
  label: 'Source',
  width: 240,
  givesWay: 2,
  cell: (group) => <SourceCell record={group} />,
}

const changed: Column<GroupRow> = {
  id: 'modifiedAt',
  label: 'Changed',
  width: 120,
  givesWay: 1,
  isSortable: true,
  cell: ({ modifiedAt }) => <RelativeTime at={modifiedAt} isPast />,
}

const archived: Column<GroupRow> = {
  id: 'archivedAt',
  label: 'Archived',
  width: 120,
  cell: ({ archivedAt }) => <RelativeTime at={archivedAt} isPast />,
}

export function groupColumns(isArchived: boolean): readonly Column<GroupRow>[] {
  return isArchived
    ? [{ ...displayName, isSortable: false }, members, source, archived]
    : [displayName, members, source, changed]
}

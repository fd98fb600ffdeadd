import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { GroupBulkAction, GroupRow } from '../../../contract/groups.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { DetailSplit } from '../../components/page/detail-split.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { BulkDialog, type BulkAct } from '../directory/bulk-dialog.tsx'
import { DirectorySwitch } from '../directory/directory-switch.tsx'
import { ExportMenu } from '../directory/export-menu.tsx'
import { NoneMatches } from '../directory/none-matches.tsx'
import { RosterBar } from '../directory/roster-bar.tsx'
import { useGroupFilter, useRosterFilter } from '../directory/roster-filter.ts'
import { RosterList, useCountText } from '../directory/roster-list.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { useSelection, unsorted } from '../directory/use-selection.ts'
import { groupBulkAct, GroupBulkButtons } from './group-bulk.tsx'
import { groupColumns, groupSentence } from './group-columns.tsx'
import { GroupDetailView } from './group-detail-view.tsx'

const pageSize = 100
const none: readonly GroupRow[] = []

/** The groups of a directory. */
export function GroupsPage() {
  const { id, tab } = useParams<{ id?: string; tab?: string }>()
  const [, navigate] = useLocation()
  const engine = useEngine()
  const { engine: client } = useConnection()
  const { directory, to } = useDirectory()
  const filter = useRosterFilter('groups')
  const { input, sort, onSort } = useGroupFilter(filter)
  const query = useQuery(
    engine.groups.search.queryOptions({
      input: { ...input, cursor: filter.cursor, limit: pageSize },
      placeholderData: keepPreviousData,
    }),
  )
  const detail = useQuery(
    engine.groups.get.queryOptions({ input: { directory, id: id ?? '' }, enabled: id !== undefined }),
  )
  const count = useCountText(query, filter.isFiltered, (all) => `${numberText(all)} in all`)
  const isArchived = input.archived
  const detailTitle = detail.data?.displayName ?? 'Group'
  const selection = useSelection(unsorted(input), query.data?.items ?? none, (group) => group.displayName)
  const [act, setAct] = useState<BulkAct>()
  const suffix = filter.suffix

  function begin(kind: GroupBulkAction['kind']): void {
    setAct(groupBulkAct(client, kind, { directory, ids: selection.ids, managed: selection.managed }))
  }

  return (
    <>
      <PageHeader
        title="Groups"
        open={id === undefined ? undefined : detailTitle}
        description={count}
        actions={
          <>
            <DirectorySwitch path="/groups" />
            <ExportMenu
              name="groups"
              what={filter.isFiltered || isArchived ? 'Those that are listed here' : 'All groups'}
              csvRemark="A row each, with the number of members."
              open={(where, signal) => client.groups.export({ ...input, ...where }, { signal })}
            />
            <Button component={Link} href={to('/groups/new')}>
              Add a group
            </Button>
          </>
        }
      />
      <RosterBar what="groups" placeholder="Search by name or id" directory={directory} filter={filter} />
      <ListFrame fills>
        <DetailSplit
          id="groups"
          detailTitle={detailTitle}
          detail={id === undefined ? undefined : <GroupDetailView id={id} tab={tab} suffix={suffix} />}
          onClose={() => navigate(`/groups${suffix}`)}
          list={
            <RosterList
              what="groups"
              query={query}
              filter={filter}
              selection={selection}
              findAll={() => client.groups.ids(input)}
              acts={<GroupBulkButtons isArchived={isArchived} onChoose={begin} />}
              tableId={isArchived ? 'archived-groups' : 'groups'}
              label={isArchived ? 'Archived groups' : 'Groups'}
              columns={groupColumns(isArchived)}
              hrefOf={(group) => `/groups/${group.id}${tab === undefined ? '' : `/${tab}`}${suffix}`}
              describe={groupSentence}
              openId={id}
              sort={sort}
              onSort={onSort}
            >
              {(all) => (
                <NoGroups
                  isFiltered={filter.isFiltered}
                  isArchived={isArchived}
                  text={input.query}
                  all={all}
                  onClear={filter.clear}
                />
              )}
            </RosterList>
          }
        />
      </ListFrame>
      <BulkDialog
        act={act}
        onClose={(isDone, next) => {
          setAct(next)
          if (isDone) selection.clear()
        }}
      />
    </>
  )
}

interface NoGroupsProps {
  readonly isFiltered: boolean
  readonly isArchived: boolean
  readonly text: string
  readonly all: number
  readonly onClear: () => void
}

function NoGroups({ isFiltered, isArchived, text, all, onClear }: NoGroupsProps) {
  if (isFiltered)
    return (
      <NoneMatches
        title={text === '' ? 'No group matches' : `No group is found by “${text}”`}
        all={amountText(all, 'group is', 'groups are')}
        onClear={onClear}
      />
    )
  if (isArchived)
    return (
      <Nothing why="empty" title="No group is archived">
        What an identity provider deletes, or you archive, waits here to be restored or purged.
      </Nothing>
    )
  return (
    <Nothing why="empty" title="There is no group yet">
      Groups appear as soon as an identity provider pushes them. You can also add one of your own.
    </Nothing>
  )
}

import { Button, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { GroupBulkAction, GroupRow } from '../../../contract/groups.ts'
import { amountText, numberText } from '../../components/amount-text.ts'
import { DataTable } from '../../components/data-table.tsx'
import { DetailSplit } from '../../components/detail-split.tsx'
import { ListFrame } from '../../components/list-frame.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pager } from '../../components/pager.tsx'
import { Problem } from '../../components/problem.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { useRoom } from '../../components/use-room.ts'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { BulkDialog, type BulkAct } from '../directory/bulk-dialog.tsx'
import { DirectorySwitch } from '../directory/directory-switch.tsx'
import { ExportMenu } from '../directory/export-menu.tsx'
import barClasses from '../directory/roster-bar.module.css'
import { useGroupFilter, useRosterFilter } from '../directory/roster-filter.ts'
import { SearchNote } from '../directory/search-note.tsx'
import { SelectionBar } from '../directory/selection-bar.tsx'
import { SourceSelect } from '../directory/source-select.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { useSelection } from '../directory/use-selection.ts'
import { useSlow } from '../directory/use-slow.ts'
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
  const filter = useRosterFilter()
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
  const isArchived = input.archived
  const isSearching = useSlow(query.isPlaceholderData)
  const room = useRoom(id !== undefined)
  const selection = useSelection(JSON.stringify(input), query.data?.items ?? none, (group) => group.displayName)
  const chooseAll = useMutation({
    mutationFn: () => client.groups.ids(input),
    onSuccess: ({ items }) => selection.choose(items),
  })
  const [act, setAct] = useState<BulkAct>()
  const suffix = filter.suffix

  function begin(kind: GroupBulkAction['kind']): void {
    setAct(groupBulkAct(client, kind, { directory, ids: selection.ids, managed: selection.managed }))
  }

  return (
    <>
      <PageHeader
        title="Groups"
        description={query.data && countText(query.data, filter.isFiltered)}
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
      <div className={barClasses['bar']}>
        <SearchBox
          label="Search groups"
          placeholder="Search by name or id"
          value={filter.get('q')}
          hasKey
          onChange={(q) => filter.set({ q, in: '' }, true)}
        />
        <SegmentedControl
          aria-label="Which groups"
          size="xs"
          data={[
            { value: 'present', label: 'Present' },
            { value: 'archived', label: 'Archived' },
          ]}
          value={isArchived ? 'archived' : 'present'}
          onChange={(value) => filter.set({ archived: value === 'archived' ? '1' : '' })}
        />
        <SourceSelect
          directory={directory}
          value={filter.get('source')}
          onChange={(source) => filter.set({ source })}
        />
        <Button
          variant={input.hasDrifted ? 'light' : 'default'}
          h={36}
          aria-pressed={input.hasDrifted}
          onClick={() => filter.set({ drift: input.hasDrifted ? '' : '1' })}
        >
          Edited by hand
        </Button>
        {filter.isFiltered && (
          <Button variant="subtle" h={36} px="xs" aria-label="Clear the filters" onClick={filter.clear}>
            Clear
          </Button>
        )}
      </div>
      <ListFrame fills>
        <DetailSplit
          id="groups"
          detailTitle={detail.data?.displayName ?? 'Group'}
          detail={id === undefined ? undefined : <GroupDetailView id={id} tab={tab} suffix={suffix} />}
          onClose={() => navigate(`/groups${suffix}`)}
          list={
            <>
              {selection.ids.length > 0 && (
                <SelectionBar
                  count={selection.ids.length}
                  what="groups"
                  all={
                    query.data && selection.ids.length < Math.min(query.data.total ?? 10_000, 10_000)
                      ? {
                          label:
                            query.data.total === null || query.data.total > 10_000
                              ? 'Select the first 10,000'
                              : `Select all ${numberText(query.data.total)}`,
                          isBusy: chooseAll.isPending,
                          onChoose: () => chooseAll.mutate(),
                        }
                      : undefined
                  }
                  onClear={selection.clear}
                >
                  <GroupBulkButtons isArchived={isArchived} onChoose={begin} />
                </SelectionBar>
              )}
              <Problem error={chooseAll.error} />
              {query.isError && query.data && <Problem error={query.error} onRetry={() => void query.refetch()} />}
              <QueryView query={query} lines={8}>
                {({ items, total, first, next, previous, all, reach }) => (
                  <>
                    <SearchNote
                      isSearching={isSearching}
                      reach={reach}
                      all={all}
                      what="groups"
                      hasText={input.query !== ''}
                      onLookAnywhere={() => filter.set({ in: 'anywhere' })}
                    />
                    {items.length === 0 ? (
                      <NoGroups
                        isFiltered={filter.isFiltered}
                        isArchived={isArchived}
                        text={input.query}
                        all={all}
                        onClear={filter.clear}
                      />
                    ) : (
                      <DataTable
                        id={isArchived ? 'archived-groups' : 'groups'}
                        label={isArchived ? 'Archived groups' : 'Groups'}
                        columns={groupColumns(room, isArchived)}
                        rows={items}
                        keyOf={(group) => group.id}
                        selectedKey={id}
                        hrefOf={(group) => `/groups/${group.id}${tab === undefined ? '' : `/${tab}`}${suffix}`}
                        describe={groupSentence}
                        selection={selection}
                        sort={sort}
                        onSort={(column, descending) => {
                          onSort(column, descending)
                          filter.go(null)
                        }}
                        {...(total === null ? {} : { total })}
                        firstRow={first}
                      />
                    )}
                    <Pager
                      what="groups"
                      first={first}
                      count={items.length}
                      total={total}
                      previous={previous}
                      next={next}
                      onGo={filter.go}
                    />
                  </>
                )}
              </QueryView>
            </>
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

function countText({ total, all }: { readonly total: number | null; readonly all: number }, isFiltered: boolean) {
  const groups = amountText(all, 'group')
  if (!isFiltered) return groups
  return total === null ? `Filtered from ${groups}` : `${numberText(total)} of ${groups}`
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
      <Nothing
        why="filtered"
        title={text === '' ? 'No group matches' : `No group is found by “${text}”`}
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filters
          </Button>
        }
      >
        {amountText(all, 'group is', 'groups are')} here, but none that all filters let through.
      </Nothing>
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

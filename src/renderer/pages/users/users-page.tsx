import { Button, SegmentedControl, Select } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { UserBulkAction, UserRow } from '../../../contract/users.ts'
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
import { roleNames, roles } from '../directory/role-names.ts'
import barClasses from '../directory/roster-bar.module.css'
import { useRosterFilter, useUserFilter } from '../directory/roster-filter.ts'
import { SearchNote } from '../directory/search-note.tsx'
import { SelectionBar } from '../directory/selection-bar.tsx'
import { SourceSelect } from '../directory/source-select.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { useSelection } from '../directory/use-selection.ts'
import { useSlow } from '../directory/use-slow.ts'
import { userBulkAct, UserBulkButtons } from './user-bulk.tsx'
import { userColumns, userSentence } from './user-columns.tsx'
import { UserDetailView } from './user-detail-view.tsx'

const pageSize = 100
const nobody: readonly UserRow[] = []

const nameOf = (user: UserRow) => user.displayName ?? user.userName

/** The people of a directory. */
export function UsersPage() {
  const { id, tab } = useParams<{ id?: string; tab?: string }>()
  const [, navigate] = useLocation()
  const engine = useEngine()
  const { engine: client } = useConnection()
  const { directory, to } = useDirectory()
  const filter = useRosterFilter()
  const { input, sort, onSort } = useUserFilter(filter)
  const query = useQuery(
    engine.users.search.queryOptions({
      input: { ...input, cursor: filter.cursor, limit: pageSize },
      placeholderData: keepPreviousData,
    }),
  )
  const detail = useQuery(
    engine.users.get.queryOptions({ input: { directory, id: id ?? '' }, enabled: id !== undefined }),
  )
  const isArchived = input.archived
  const isSearching = useSlow(query.isPlaceholderData)
  const room = useRoom(id !== undefined)
  const selection = useSelection(JSON.stringify(input), query.data?.items ?? nobody, nameOf)
  const chooseAll = useMutation({
    mutationFn: () => client.users.ids(input),
    onSuccess: ({ items }) => selection.choose(items),
  })
  const [act, setAct] = useState<BulkAct>()
  const suffix = filter.suffix

  function begin(action: UserBulkAction): void {
    setAct(userBulkAct(client, action, { directory, ids: selection.ids, managed: selection.managed }))
  }

  return (
    <>
      <PageHeader
        title="Users"
        description={query.data && countText(query.data, filter.isFiltered)}
        actions={
          <>
            <DirectorySwitch path="/users" />
            <Button
              component={Link}
              href={to('/users/import')}
              variant="default"
              leftSection={<Upload size={14} aria-hidden />}
            >
              Import
            </Button>
            <ExportMenu
              name="people"
              what={filter.isFiltered || isArchived ? 'Those who are listed here' : 'Everybody'}
              csvRemark="A row each; it can be imported again."
              open={(where, signal) => client.users.export({ ...input, ...where }, { signal })}
            />
            <Button component={Link} href={to('/users/new')}>
              Add a person
            </Button>
          </>
        }
      />
      <div className={barClasses['bar']}>
        <SearchBox
          label="Search people"
          placeholder="Search name, address, id"
          value={filter.get('q')}
          width={230}
          hasKey
          onChange={(q) => filter.set({ q, in: '' }, true)}
        />
        <SegmentedControl
          aria-label="Which people"
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
        {!isArchived && (
          <Select
            aria-label="State"
            placeholder="Any state"
            w={122}
            clearable
            data={[
              { value: 'active', label: 'Active' },
              { value: 'inactive', label: 'Inactive' },
            ]}
            value={filter.get('state') || null}
            onChange={(state) => filter.set({ state: state ?? '' })}
          />
        )}
        <Select
          aria-label="Role"
          placeholder="Any role"
          w={136}
          clearable
          data={roles.map((role) => ({ value: role, label: roleNames[role] }))}
          value={filter.get('role') || null}
          onChange={(role) => filter.set({ role: role ?? '' })}
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
          id="users"
          detailTitle={detail.data ? nameOf(detail.data) : 'Person'}
          detail={id === undefined ? undefined : <UserDetailView id={id} tab={tab} suffix={suffix} />}
          onClose={() => navigate(`/users${suffix}`)}
          list={
            <>
              {selection.ids.length > 0 && (
                <SelectionBar
                  count={selection.ids.length}
                  what="people"
                  all={
                    query.data && selection.ids.length < Math.min(query.data.total ?? 10_000, 10_000)
                      ? {
                          label: allLabel(query.data.total),
                          isBusy: chooseAll.isPending,
                          onChoose: () => chooseAll.mutate(),
                        }
                      : undefined
                  }
                  onClear={selection.clear}
                >
                  <UserBulkButtons isArchived={isArchived} onChoose={begin} />
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
                      what="people"
                      hasText={input.query !== ''}
                      onLookAnywhere={() => filter.set({ in: 'anywhere' })}
                    />
                    {items.length === 0 ? (
                      <NoPeople
                        isFiltered={filter.isFiltered}
                        isArchived={isArchived}
                        text={input.query}
                        all={all}
                        onClear={filter.clear}
                        importPath={to('/users/import')}
                      />
                    ) : (
                      <DataTable
                        id={isArchived ? 'archived-users' : 'users'}
                        label={isArchived ? 'Archived people' : 'People'}
                        columns={userColumns(room, isArchived)}
                        rows={items}
                        keyOf={(user) => user.id}
                        selectedKey={id}
                        hrefOf={(user) => `/users/${user.id}${tab === undefined ? '' : `/${tab}`}${suffix}`}
                        describe={userSentence}
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
                      what="people"
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

function allLabel(total: number | null): string {
  if (total === null || total > 10_000) return 'Select the first 10,000'
  return `Select all ${numberText(total)}`
}

function countText({ total, all }: { readonly total: number | null; readonly all: number }, isFiltered: boolean) {
  const people = amountText(all, 'person', 'people')
  if (!isFiltered) return people
  return total === null ? `Filtered from ${people}` : `${numberText(total)} of ${people}`
}

interface NoPeopleProps {
  readonly isFiltered: boolean
  readonly isArchived: boolean
  readonly text: string
  readonly all: number
  readonly onClear: () => void
  readonly importPath: string
}

function NoPeople({ isFiltered, isArchived, text, all, onClear, importPath }: NoPeopleProps) {
  if (isFiltered)
    return (
      <Nothing
        why="filtered"
        title={text === '' ? 'Nobody matches' : `Nobody is found by “${text}”`}
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filters
          </Button>
        }
      >
        {amountText(all, 'person is', 'people are')} here, but none that all filters let through.
      </Nothing>
    )
  if (isArchived)
    return (
      <Nothing why="empty" title="Nobody is archived">
        Whom an identity provider deletes, or you archive, waits here to be restored or purged.
      </Nothing>
    )
  return (
    <Nothing
      why="empty"
      title="Nobody is here yet"
      action={
        <Button component={Link} href={importPath} variant="default">
          Import people from a CSV file
        </Button>
      }
    >
      People appear as soon as an identity provider sends them.
    </Nothing>
  )
}

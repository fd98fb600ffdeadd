import { Pagination } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocation, useParams, useSearchParams } from 'wouter'
import type { UserRow } from '../../../contract/users.ts'
import { amountText } from '../../components/amount-text.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DetailSplit } from '../../components/detail-split.tsx'
import { ListFrame } from '../../components/list-frame.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTableSort } from '../../components/use-table-sort.ts'
import { useEngine } from '../../rpc/engine.ts'
import { UserDetailView } from './user-detail-view.tsx'

const pageSize = 50
const roles = { user: 'User', 'user-manager': 'User Manager', administrator: 'Administrator' } as const

const columns: readonly Column<UserRow>[] = [
  { id: 'userName', label: 'userName', isSortable: true, cell: ({ userName }) => userName },
  { id: 'displayName', label: 'Name', isSortable: true, cell: ({ displayName }) => displayName ?? '–' },
  {
    id: 'state',
    label: 'State',
    width: 110,
    cell: ({ active }) =>
      active ? (
        <StateBadge meaning="ok" word="Active" />
      ) : (
        <StateBadge meaning="neutral" icon="disabled" word="Inactive" />
      ),
  },
  { id: 'role', label: 'Role', width: 130, cell: ({ role }) => roles[role] },
  {
    id: 'source',
    label: 'Source',
    width: 170,
    cell: ({ source, manager, isSample }) =>
      isSample ? 'Sample' : source === 'local' ? 'Local' : (manager?.name ?? 'SCIM'),
  },
  {
    id: 'modifiedAt',
    label: 'Changed',
    width: 120,
    isSortable: true,
    cell: ({ modifiedAt }) => <RelativeTime at={modifiedAt} />,
  },
]

/** The people of the directory. */
export function UsersPage() {
  const { id } = useParams<{ id?: string }>()
  const [search, setSearch] = useSearchParams()
  const [, navigate] = useLocation()
  const engine = useEngine()
  const { sort, onSort } = useTableSort('users', { column: 'userName', descending: false })
  const text = search.get('q') ?? ''
  const page = Math.max(1, Number(search.get('page')) || 1)
  const query = useQuery(
    engine.users.search.queryOptions({
      input: {
        query: text,
        page,
        pageSize,
        sort: sort.column === 'displayName' || sort.column === 'modifiedAt' ? sort.column : 'userName',
        descending: sort.descending,
      },
      placeholderData: keepPreviousData,
    }),
  )
  const suffix = search.size === 0 ? '' : `?${search.toString()}`
  return (
    <>
      <PageHeader
        title="Users"
        description={query.data === undefined ? undefined : amountText(query.data.total, 'person', 'people')}
      />
      <SearchBox
        label="Search people"
        placeholder="Search by name or address"
        text={text}
        onSearch={(next) => setSearch(next === '' ? {} : { q: next }, { replace: true })}
      />
      <ListFrame fills>
        <DetailSplit
          id="users"
          detailTitle="User"
          detail={id === undefined ? undefined : <UserDetailView id={id} />}
          onClose={() => navigate(`/users${suffix}`)}
          list={
            <QueryView query={query} lines={8}>
              {({ items, total }) =>
                items.length === 0 ? (
                  <Nothing
                    why={text === '' ? 'empty' : 'filtered'}
                    title={text === '' ? 'Nobody is here yet' : `Nobody is found by “${text}”`}
                  >
                    {text === ''
                      ? 'People appear as soon as an identity provider sends them.'
                      : 'userName, name and addresses are searched.'}
                  </Nothing>
                ) : (
                  <>
                    <DataTable
                      id="users"
                      label="People"
                      columns={columns}
                      rows={items}
                      keyOf={(user) => user.id}
                      selectedKey={id}
                      hrefOf={(user) => `/users/${user.id}${suffix}`}
                      describe={(user) => `${user.displayName ?? user.userName}, ${user.userName}`}
                      sort={sort}
                      onSort={onSort}
                      total={total}
                      firstRow={(page - 1) * pageSize + 1}
                    />
                    {total > pageSize && (
                      <Pagination
                        p="sm"
                        size="sm"
                        total={Math.ceil(total / pageSize)}
                        value={page}
                        onChange={(next) => setSearch({ ...(text === '' ? {} : { q: text }), page: String(next) })}
                        getControlProps={(control) => ({ 'aria-label': `${control} page` })}
                      />
                    )}
                  </>
                )
              }
            </QueryView>
          }
        />
      </ListFrame>
    </>
  )
}

import { Pagination } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocation, useParams, useSearchParams } from 'wouter'
import type { GroupRow } from '../../../contract/groups.ts'
import { amountText, numberText } from '../../components/amount-text.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DetailSplit } from '../../components/detail-split.tsx'
import { ListFrame } from '../../components/list-frame.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { useTableSort } from '../../components/use-table-sort.ts'
import { useEngine } from '../../rpc/engine.ts'
import { GroupDetailView } from './group-detail-view.tsx'

const pageSize = 50

const columns: readonly Column<GroupRow>[] = [
  { id: 'displayName', label: 'Name', isSortable: true, cell: ({ displayName }) => displayName },
  { id: 'members', label: 'Members', width: 100, isNumber: true, cell: ({ members }) => numberText(members) },
  {
    id: 'source',
    label: 'Source',
    width: 190,
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

/** The groups of the directory. */
export function GroupsPage() {
  const { id } = useParams<{ id?: string }>()
  const [search, setSearch] = useSearchParams()
  const [, navigate] = useLocation()
  const engine = useEngine()
  const { sort, onSort } = useTableSort('groups', { column: 'displayName', descending: false })
  const text = search.get('q') ?? ''
  const page = Math.max(1, Number(search.get('page')) || 1)
  const query = useQuery(
    engine.groups.search.queryOptions({
      input: {
        query: text,
        page,
        pageSize,
        sort: sort.column === 'modifiedAt' ? 'modifiedAt' : 'displayName',
        descending: sort.descending,
      },
      placeholderData: keepPreviousData,
    }),
  )
  const suffix = search.size === 0 ? '' : `?${search.toString()}`
  return (
    <>
      <PageHeader
        title="Groups"
        description={query.data === undefined ? undefined : amountText(query.data.total, 'group')}
      />
      <SearchBox
        label="Search groups"
        placeholder="Search by name"
        text={text}
        onSearch={(next) => setSearch(next === '' ? {} : { q: next }, { replace: true })}
      />
      <ListFrame fills>
        <DetailSplit
          id="groups"
          detailTitle="Group"
          detail={id === undefined ? undefined : <GroupDetailView id={id} />}
          onClose={() => navigate(`/groups${suffix}`)}
          list={
            <QueryView query={query} lines={8}>
              {({ items, total }) =>
                items.length === 0 ? (
                  <Nothing
                    why={text === '' ? 'empty' : 'filtered'}
                    title={text === '' ? 'There is no group yet' : `No group is found by “${text}”`}
                  >
                    {text === '' && 'Groups appear as soon as an identity provider pushes them.'}
                  </Nothing>
                ) : (
                  <>
                    <DataTable
                      id="groups"
                      label="Groups"
                      columns={columns}
                      rows={items}
                      keyOf={(group) => group.id}
                      selectedKey={id}
                      hrefOf={(group) => `/groups/${group.id}${suffix}`}
                      describe={(group) => `${group.displayName}, ${amountText(group.members, 'member')}`}
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

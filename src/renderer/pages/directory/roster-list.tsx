import { useMutation, type UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSearch } from 'wouter'
import type { PageOf, Selection as Choice } from '../../../contract/page.ts'
import { mostChosen } from '../../../contract/roster.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { Pager } from '../../components/table/pager.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import type { RosterFilter } from './roster-filter.ts'
import { SearchNote } from './search-note.tsx'
import { SelectionBar } from './selection-bar.tsx'
import type { Selectable, Selection } from './use-selection.ts'
import { useSlow } from './use-slow.ts'

interface RosterListProps<Row> {
  /** "people" */
  readonly what: string
  readonly query: UseQueryResult<PageOf<Row>>
  readonly filter: RosterFilter
  readonly selection: Selection<Row>
  /** All that are found. */
  readonly findAll: () => Promise<Choice>
  /** What can be done to those who are chosen. */
  readonly acts: ReactNode
  /** Under this name widths and sort are remembered. */
  readonly tableId: string
  /** The table for screen readers: "Archived people". */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly hrefOf: (row: Row) => string
  /** The row as a sentence. */
  readonly describe: (row: Row) => string
  /** The id of the one whose details are shown. */
  readonly openId: string | undefined
  readonly sort: { readonly column: string; readonly descending: boolean }
  readonly onSort: (column: string, descending: boolean) => void
  /** Instead of a table without rows; `all` is how many there are without any filter. */
  readonly children: (all: number) => ReactNode
}

/** A page of users or groups: how it was searched, what is chosen, its rows, and the ways on. */
export function RosterList<Row extends Selectable>(props: RosterListProps<Row>) {
  const { what, query, filter, selection, findAll, acts, columns, sort, onSort } = props
  const search = useSearch()
  const isSearching = useSlow(query.isPlaceholderData)
  const chooseAll = useMutation({ mutationFn: findAll, onSuccess: ({ items }) => selection.choose(items) })
  const chosen = selection.ids.length
  const isMoreFound = query.data !== undefined && chosen < Math.min(query.data.total ?? mostChosen, mostChosen)
  return (
    <>
      {chosen > 0 && (
        <SelectionBar
          count={chosen}
          what={what}
          all={
            isMoreFound
              ? { label: allLabel(query.data.total), isBusy: chooseAll.isPending, onChoose: () => chooseAll.mutate() }
              : undefined
          }
          onClear={selection.clear}
        >
          {acts}
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
              what={what}
              hasText={filter.get('q') !== ''}
              onLookAnywhere={() => filter.set({ in: 'anywhere' })}
            />
            {items.length === 0 ? (
              // That a search before found nobody is no answer to the one that goes on.
              !isSearching && props.children(all)
            ) : (
              <DataTable
                id={props.tableId}
                label={props.label}
                columns={columns}
                rows={items}
                keyOf={(row) => row.id}
                selectedKey={props.openId}
                hrefOf={props.hrefOf}
                describe={props.describe}
                selection={selection}
                sort={sort}
                onSort={(column, descending) => {
                  onSort(column, descending)
                  filter.go(null)
                }}
                {...(total === null ? {} : { total })}
                firstRow={first}
                place={query.isPlaceholderData ? undefined : `${props.tableId} ${search}`}
              />
            )}
            <Pager
              what={what}
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
  )
}

function allLabel(total: number | null): string {
  if (total === null || total > mostChosen) return `Select the first ${numberText(mostChosen)}`
  return `Select all ${numberText(total)}`
}

/**
 * How many there are, or how many of them are found: "12 of 3,408 people". `text` is all of them in words; it stands alone while a search goes
 * on, for what the search before has found is no answer to it.
 */
export function useCountText(
  query: Pick<UseQueryResult<PageOf<unknown>>, 'data' | 'isPlaceholderData'>,
  isFiltered: boolean,
  textOf: (all: number) => string,
): string | undefined {
  const isSearching = useSlow(query.isPlaceholderData)
  if (!query.data) return undefined
  const { all, total } = query.data
  const text = textOf(all)
  if (!isFiltered || isSearching) return text
  return total === null ? `Filtered from ${text}` : `${numberText(total)} of ${text}`
}

import { Skeleton, Stack } from '@mantine/core'
import { useCallback, useMemo, type Ref } from 'react'
import type { Request } from '../../../../contract/requests.ts'
import { Problem } from '../../../components/state/problem.tsx'
import type { RequestLog } from '../log/request-log.ts'
import { useLogView } from '../log/use-request-log.ts'
import { EmptyList } from './empty-list.tsx'
import type { RequestSort } from './request-columns.ts'
import { RequestGrid, type GridHandle } from './request-grid.tsx'
import type { RowSource } from './row-source.ts'
import type { SortedRows } from './use-sorted-rows.ts'

interface RequestListProps {
  readonly gridRef: Ref<GridHandle>
  readonly log: RequestLog
  /** What the list shows: its filter and its order. */
  readonly list: string
  /** The list in another order; undefined while it stands in that of arrival. */
  readonly sorted: SortedRows | undefined
  readonly sort: RequestSort | undefined
  readonly onSort: ((sort: RequestSort | undefined) => void) | undefined
  readonly isFiltered: boolean
  readonly openId: number | undefined
  readonly marked: ReadonlySet<number>
  readonly hrefOf: (id: number) => string
  readonly onOpen: (id: number) => void
  readonly onMark: (request: Request) => void
  readonly onMenu: (request: Request, anchor: HTMLElement) => void
  readonly onClear: () => void
}

/** The list as it is now: still loading, empty for one of many reasons, or full of requests. */
export function RequestList(props: RequestListProps) {
  const { gridRef, log, sorted, isFiltered, openId, marked } = props
  const view = useLogView(log)
  const { first, end } = view
  const live = useMemo((): RowSource => ({ first, end, at: log.at }), [first, end, log])
  const { fetchNextPage, hasNextPage = false, isFetchingNextPage = false } = sorted?.query ?? {}
  const onNearOldest = useCallback(() => {
    if (!sorted) log.loadOlder()
  }, [sorted, log])
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage?.()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  if (sorted?.query.isError === true && sorted.query.data === undefined)
    return <Problem error={sorted.query.error} onRetry={() => void sorted.query.refetch()} />
  const isLoading = sorted ? sorted.query.data === undefined : view.isLoading && view.problem === undefined
  if (isLoading) return <Loading />
  const rows = sorted?.rows ?? live
  if (rows.end === rows.first)
    return <EmptyList view={view} isFiltered={isFiltered} onClear={props.onClear} onResume={log.resume} />
  return (
    <RequestGrid
      ref={gridRef}
      list={props.list}
      label={sorted ? 'Requests, sorted' : 'Requests, the newest last'}
      rows={rows}
      total={sorted?.total}
      hasTail={!sorted}
      isLoadingOlder={sorted ? isFetchingNextPage : view.isLoadingOlder}
      openId={openId}
      marked={marked}
      sort={props.sort}
      onSort={props.onSort}
      hrefOf={props.hrefOf}
      onOpen={props.onOpen}
      onMark={props.onMark}
      onMenu={props.onMenu}
      onNearOldest={onNearOldest}
      onNearEnd={onNearEnd}
      held={view.held}
      onResume={log.resume}
    />
  )
}

function Loading() {
  return (
    <Stack gap="xs" p="md" aria-busy="true" aria-label="Loading">
      {Array.from({ length: 12 }, (_, n) => (
        <Skeleton key={n} height={14} width={`${90 - ((n * 17) % 50)}%`} />
      ))}
    </Stack>
  )
}

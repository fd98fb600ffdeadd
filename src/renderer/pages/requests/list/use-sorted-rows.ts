import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RequestTerm } from '../../../../contract/request-filter.ts'
import { useEngine } from '../../../rpc/engine.ts'
import type { LogRow } from '../log/log-row.ts'
import type { RequestSort } from './request-columns.ts'
import type { RowSource } from './row-source.ts'

const pageSize = 200

/** The matches up to a number, in another order than that of time: the engine sorts, and more comes as it is scrolled to. */
export function useSortedRows(filter: readonly RequestTerm[], sort: RequestSort | undefined, upTo: number) {
  const engine = useEngine()
  const query = useInfiniteQuery(
    engine.requests.sorted.infiniteOptions({
      input: (offset: number) => ({
        filter: [...filter],
        order: sort?.order ?? 'time',
        descending: sort?.descending ?? true,
        upTo: Math.max(1, upTo),
        offset,
        limit: pageSize,
      }),
      initialPageParam: 0,
      getNextPageParam: (last, all) => {
        const loaded = all.reduce((sum, { items }) => sum + items.length, 0)
        return last.items.length === 0 || loaded >= last.total ? undefined : loaded
      },
      enabled: sort !== undefined && upTo > 0,
      staleTime: Infinity,
    }),
  )
  const rows = useMemo((): RowSource => {
    const all: LogRow[] = (query.data?.pages ?? []).flatMap(({ items }) =>
      items.map((request) => ({ kind: 'request' as const, request })),
    )
    return { first: 0, end: all.length, at: (position) => all[position] }
  }, [query.data])
  const first = query.data?.pages[0]
  return { query, rows, total: first?.total, isAll: first?.isAll ?? true }
}

export type SortedRows = ReturnType<typeof useSortedRows>

import { useCallback, useMemo } from 'react'
import { useLocation, useParams, useSearchParams } from 'wouter'
import { formatRequestFilter, parseRequestFilter, type RequestTerm } from '../../../contract/request-filter.ts'
import { parseDetailTab, type DetailTab } from './detail/detail-tabs.ts'
import { formatSort, parseSort, type RequestSort } from './list/request-columns.ts'

/** What the address says of the screen, and the ways to change it; each change can be gone back from. */
export interface RequestsAddress {
  /** The open request: its number, or its X-Request-Id. */
  readonly id: string | undefined
  /** With which it is compared. */
  readonly compare: number | undefined
  readonly tab: DetailTab
  readonly filter: readonly RequestTerm[]
  /** A filter in the address that cannot be read. */
  readonly broken: string | undefined
  readonly sort: RequestSort | undefined
  hrefOf(id: number | string): string
  open(id: number | string): void
  openTab(id: number | string, tab: DetailTab): void
  compareWith(one: number, other: number): void
  close(): void
  setTab(tab: DetailTab): void
  setFilter(filter: readonly RequestTerm[]): void
  setSort(sort: RequestSort | undefined): void
}

export function useRequestsAddress(): RequestsAddress {
  const { id } = useParams<{ id?: string }>()
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const text = search.get('filter') ?? ''
  const sort = search.get('sort')
  const tab = parseDetailTab(search.get('tab'))
  const other = Number(search.get('compare') ?? 0)
  const parsed = useMemo(() => parseRequestFilter(text), [text])
  const filter = useMemo(() => (parsed.ok ? parsed.terms : []), [parsed])

  const addressOf = useCallback((path: string, parameters: Readonly<Record<string, string | undefined>>) => {
    const entries = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []))
    const query = new URLSearchParams(entries).toString()
    return query === '' ? path : `${path}?${query}`
  }, [])

  // The list stays as it is while requests are opened and closed.
  const list = useMemo(() => ({ filter: text, sort: sort ?? undefined }), [text, sort])
  const tabOf = (next: DetailTab) => (next === 'why' ? undefined : next)
  const here = id === undefined ? '/requests' : `/requests/${encodeURIComponent(id)}`
  const inDetail = { tab: tabOf(tab), compare: other > 0 ? String(other) : undefined }

  const hrefOf = useCallback(
    (next: number | string) => addressOf(`/requests/${encodeURIComponent(next)}`, list),
    [addressOf, list],
  )
  const open = useCallback((next: number | string) => navigate(hrefOf(next)), [navigate, hrefOf])
  return {
    id,
    compare: Number.isSafeInteger(other) && other > 0 ? other : undefined,
    tab,
    filter,
    broken: parsed.ok ? undefined : text,
    sort: parseSort(sort),
    hrefOf,
    open,
    openTab: (next, of) => navigate(addressOf(`/requests/${encodeURIComponent(next)}`, { ...list, tab: tabOf(of) })),
    compareWith: (one, with_) => navigate(addressOf(`/requests/${one}`, { ...list, compare: String(with_) })),
    close: () => navigate(addressOf('/requests', list)),
    setTab: (next) => navigate(addressOf(here, { ...list, tab: tabOf(next) }), { replace: true }),
    setFilter: (next) => navigate(addressOf(here, { ...list, ...inDetail, filter: formatRequestFilter(next) })),
    setSort: (next) => navigate(addressOf(here, { ...list, ...inDetail, sort: next && formatSort(next) })),
  }
}

import { useMemo } from 'react'
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

type Parameters = Readonly<Record<string, string | undefined>>

function addressOf(path: string, parameters: Parameters): string {
  const entries = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const query = new URLSearchParams(entries).toString()
  return query === '' ? path : `${path}?${query}`
}

const pathOf = (id: number | string | undefined) =>
  id === undefined ? '/requests' : `/requests/${encodeURIComponent(id)}`

const tabParameter = (tab: DetailTab) => (tab === 'why' ? undefined : tab)

/** The same value as long as the address is the same. */
export function useRequestsAddress(): RequestsAddress {
  const { id } = useParams<{ id?: string }>()
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const text = search.get('filter') ?? ''
  const sort = search.get('sort') ?? undefined
  const tab = parseDetailTab(search.get('tab'))
  const other = Number(search.get('compare') ?? 0)
  return useMemo(() => {
    const parsed = parseRequestFilter(text)
    // The list stays as it is while requests are opened and closed, and the open one while the list changes.
    const list: Parameters = { filter: text, sort }
    const compare = Number.isSafeInteger(other) && other > 0 ? other : undefined
    const detail: Parameters = { tab: tabParameter(tab), compare: compare === undefined ? undefined : String(compare) }
    const go = (to: number | string | undefined, parameters: Parameters, replace = false) =>
      navigate(addressOf(pathOf(to), parameters), { replace })
    return {
      id,
      compare,
      tab,
      filter: parsed.ok ? parsed.terms : [],
      broken: parsed.ok ? undefined : text,
      sort: parseSort(sort ?? null),
      hrefOf: (next) => addressOf(pathOf(next), list),
      open: (next) => go(next, list),
      openTab: (next, of) => go(next, { ...list, tab: tabParameter(of) }),
      compareWith: (one, with_) => go(one, { ...list, compare: String(with_) }),
      close: () => go(undefined, list),
      setTab: (next) => go(id, { ...list, tab: tabParameter(next) }, true),
      setFilter: (next) => go(id, { ...list, ...detail, filter: formatRequestFilter(next) }),
      setSort: (next) => go(id, { ...list, ...detail, sort: next && formatSort(next) }),
    }
  }, [id, text, sort, tab, other, navigate])
}

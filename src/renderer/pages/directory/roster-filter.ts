import { useSearchParams } from 'wouter'
import type { GroupFilter } from '../../../contract/groups.ts'
import type { UserFilter } from '../../../contract/users.ts'
import { useTableSort } from '../../components/use-table-sort.ts'
import { mainDirectory } from './use-directory.ts'

/** The filters of a list as the URL holds them; what is not there is not filtered by. */
export type FilterName = 'q' | 'in' | 'source' | 'state' | 'role' | 'drift' | 'archived'

/** A source is `local`, `scim` for any IdP, or one integration: `idp:entra`. */
const integrationMark = 'idp:'

export interface RosterFilter {
  /** One of them; empty when the URL has none. */
  get(name: FilterName): string
  /** Sets filters and goes back to the first page; an empty value takes one out. */
  set(changes: Partial<Readonly<Record<FilterName, string>>>, replace?: boolean): void
  readonly cursor: string | null
  go(cursor: string | null): void
  clear(): void
  readonly isFiltered: boolean
  /** What follows the path in a link that keeps the list as it is. */
  readonly suffix: string
}

const filters: readonly FilterName[] = ['q', 'in', 'source', 'state', 'role', 'drift']

/** The list as the URL says. */
export function useRosterFilter(): RosterFilter {
  const [search, setSearch] = useSearchParams()

  function change(changes: Readonly<Record<string, string | null>>, replace = false): void {
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === '') after.delete(name)
          else after.set(name, value)
        }
        return after
      },
      { replace },
    )
  }

  return {
    get: (name) => search.get(name) ?? '',
    set: (changes, replace) => change({ ...changes, cursor: null }, replace),
    cursor: search.get('cursor'),
    go: (cursor) => change({ cursor }),
    clear: () => change(Object.fromEntries([...filters, 'cursor'].map((name) => [name, null]))),
    isFiltered: filters.some((name) => name !== 'in' && search.has(name)),
    suffix: search.size === 0 ? '' : `?${search.toString()}`,
  }
}

interface SourceInput {
  readonly source: 'local' | 'scim' | null
  readonly integration: string | null
}

function sourceOf(text: string): SourceInput {
  if (text.startsWith(integrationMark)) return { source: null, integration: text.slice(integrationMark.length) }
  return { source: text === 'local' || text === 'scim' ? text : null, integration: null }
}

interface SharedInput extends SourceInput {
  readonly directory: string
  readonly query: string
  readonly reach: 'anywhere' | 'beginning'
  readonly hasDrifted: boolean
  readonly archived: boolean
}

function sharedInput({ get }: RosterFilter, directory: string): SharedInput {
  return {
    directory,
    query: get('q'),
    reach: get('in') === 'anywhere' ? 'anywhere' : 'beginning',
    ...sourceOf(get('source')),
    hasDrifted: get('drift') !== '',
    archived: get('archived') !== '',
  }
}

function directoryOf(search: URLSearchParams): string {
  return search.get('directory') ?? mainDirectory
}

const userSorts = ['userName', 'displayName', 'createdAt', 'modifiedAt'] as const
const groupSorts = ['displayName', 'createdAt', 'modifiedAt'] as const
const roles = ['user', 'user-manager', 'administrator'] as const

/** The engine's filter of people, and how the table is sorted. */
export function useUserFilter(filter: RosterFilter) {
  const [search] = useSearchParams()
  const { sort, onSort } = useTableSort('users', { column: 'userName', descending: false })
  const isArchived = filter.get('archived') !== ''
  const input: UserFilter = {
    ...sharedInput(filter, directoryOf(search)),
    active: filter.get('state') === 'active' ? true : filter.get('state') === 'inactive' ? false : null,
    role: roles.find((each) => each === filter.get('role')) ?? null,
    sort: userSorts.find((each) => each === sort.column) ?? 'userName',
    descending: isArchived || sort.descending,
  }
  return { input, sort: isArchived ? { column: 'archivedAt', descending: true } : sort, onSort }
}

/** The engine's filter of groups, and how the table is sorted. */
export function useGroupFilter(filter: RosterFilter) {
  const [search] = useSearchParams()
  const { sort, onSort } = useTableSort('groups', { column: 'displayName', descending: false })
  const isArchived = filter.get('archived') !== ''
  const input: GroupFilter = {
    ...sharedInput(filter, directoryOf(search)),
    sort: groupSorts.find((each) => each === sort.column) ?? 'displayName',
    descending: isArchived || sort.descending,
  }
  return { input, sort: isArchived ? { column: 'archivedAt', descending: true } : sort, onSort }
}

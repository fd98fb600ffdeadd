import { useSearchParams } from 'wouter'
import type { GroupFilter } from '../../../contract/groups.ts'
import type { UserFilter } from '../../../contract/users.ts'
import { useTableSort } from '../../components/table/use-table-sort.ts'
import { filterValue, integrationMark, type FilterName } from './filter-value.ts'
import { roles } from './role-names.ts'
import { mainDirectory } from './use-directory.ts'

export interface RosterFilter {
  /** One of them; empty when the URL has none that is known. */
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

const groupFilters: readonly FilterName[] = ['q', 'source', 'drift']
const userFilters: readonly FilterName[] = [...groupFilters, 'state', 'role']

/** The list as the URL says. */
export function useRosterFilter(what: 'people' | 'groups' = 'people'): RosterFilter {
  const [search, setSearch] = useSearchParams()
  const filters = what === 'people' ? userFilters : groupFilters
  const get = (name: FilterName) => filterValue(search, name)

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
    get,
    set: (changes, replace) => change({ ...changes, cursor: null }, replace),
    cursor: search.get('cursor'),
    go: (cursor) => change({ cursor }),
    clear: () => change(Object.fromEntries([...userFilters, 'in', 'cursor'].map((name) => [name, null]))),
    isFiltered: filters.some((name) => get(name) !== ''),
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

import { z } from 'zod'
import type { StoreReads } from '../../store/store-reads.ts'
import type { AdministrationScope } from '../administration-scope.ts'
import { Refusal } from '../refusal.ts'

const savedFilters = z.array(z.object({ name: z.string(), filter: z.string() }).readonly()).readonly()

/** A filter of the request log that a person gave a name. */
export type SavedRequestFilter = z.infer<typeof savedFilters>[number]

const setting = 'request_filters'
const mostFilters = 100

/** Those that have been saved, by name. */
export function savedRequestFilters({ settings }: Pick<StoreReads, 'settings'>): readonly SavedRequestFilter[] {
  return savedFilters.parse(JSON.parse(settings.get(setting) || '[]'))
}

function without(filters: readonly SavedRequestFilter[], name: string): readonly SavedRequestFilter[] {
  return filters.filter((each) => each.name.toLowerCase() !== name.toLowerCase())
}

function store(scope: AdministrationScope, filters: readonly SavedRequestFilter[]): readonly SavedRequestFilter[] {
  scope.store.settings.set(setting, JSON.stringify(filters))
  return filters
}

/** Saves a filter in place of one of the same name. Throws `Refusal` when there are too many. */
export function saveRequestFilter(
  scope: AdministrationScope,
  input: SavedRequestFilter,
): readonly SavedRequestFilter[] {
  const others = without(savedRequestFilters(scope.store), input.name)
  if (others.length >= mostFilters)
    throw new Refusal(`${mostFilters} filters can be saved. Remove one that nobody uses.`)
  const all = [...others, { name: input.name, filter: input.filter }]
  return store(
    scope,
    all.toSorted((one, other) => one.name.localeCompare(other.name, 'en')),
  )
}

export function removeRequestFilter(
  scope: AdministrationScope,
  input: { readonly name: string },
): readonly SavedRequestFilter[] {
  return store(scope, without(savedRequestFilters(scope.store), input.name))
}

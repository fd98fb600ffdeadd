import type { Filter } from '../../../scim/filter/filter.ts'
import type { LookupPlace } from '../configuration/lookup-indexes.ts'
import type { FilterScope } from './filter-columns.ts'
import { equalityOf, lookupPlaceOf } from './filter-lookup-index.ts'
import { isNarrow } from './filter-selectivity.ts'
import { compileFilter } from './filter-sql.ts'

/** No row has this number. */
const nowhere = 0

/** So many tests are looked at, for a filter may have thousands. */
const mostTests = 20

function testsOf(filter: Filter): readonly Filter[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.operands.flatMap(testsOf)
  return filter.kind === 'not' ? [] : [filter]
}

/** The first question is the cheaper one. */
function wouldBeNarrow(filter: Filter, scope: FilterScope): boolean {
  return isNarrow(filter, scope) && compileFilter(filter, scope).isNarrow
}

/** What there would have to be an index of, for few users to pass a filter that goes through all of them now. */
export function lookupPlaceWanted(filter: Filter, scope: FilterScope): LookupPlace | undefined {
  for (const each of testsOf(filter).slice(0, mostTests)) {
    const test = equalityOf(each)
    const place = test && lookupPlaceOf(test.path, scope.model)
    if (place && wouldBeNarrow(filter, { ...scope, indexes: [{ ...place, id: nowhere }] })) return place
  }
  return undefined
}

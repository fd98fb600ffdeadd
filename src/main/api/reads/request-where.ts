import { unreachable } from '../../../scim/unreachable.ts'
import { fold } from '../../../scim/text/fold.ts'
import { momentOf, type RequestTerm } from '../../../contract/request-filter.ts'
import type { ExchangeTerm } from '../../store/journal/exchange-term.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'
import type { NameSearch } from '../../store/lists/name-search.ts'
import type { Steps } from '../../steps.ts'

/** Looks up the ids of the people and groups that a filter names. */
export type NamedResources = Pick<NameSearch, 'users' | 'groups'>

/** A name that so many people have finds no more of them. */
const mostNamed = 500

function* termOf(names: NamedResources, { field, value, isExcluded }: RequestTerm): Steps<ExchangeTerm | undefined> {
  switch (field) {
    case 'user':
    case 'group': {
      const search = field === 'user' ? names.users : names.groups
      return { field: 'resource', noun: field, value, ids: yield* search(fold(value), mostNamed), isExcluded }
    }
    case 'op':
      return { field: 'classification', value, isExcluded }
    case 'status':
    case 'method':
    case 'path':
    case 'integration':
    case 'idp':
    case 'id':
    case 'from':
    case 'ms':
    case 'is':
      return { field, value, isExcluded }
    case 'since':
    case 'until':
    case 'text':
      return undefined
    default:
      return unreachable(field)
  }
}

/** The filter box's terms in the journal's form. `now` is what times ago are counted from, in ms since the epoch. */
export function* journalWhere(
  names: NamedResources,
  { filter, now }: { readonly filter: readonly RequestTerm[]; readonly now: number },
): Steps<JournalWhere> {
  const terms: ExchangeTerm[] = []
  for (const each of filter) {
    const term = yield* termOf(names, each)
    if (term) terms.push(term)
  }
  const texts = (isExcluded: boolean) =>
    filter.filter((each) => each.field === 'text' && each.isExcluded === isExcluded).map((each) => each.value)
  // "Not since" is "until", and the other way round.
  const moments = (field: 'since' | 'until', other: 'since' | 'until') =>
    filter
      .filter((each) => (each.isExcluded ? each.field === other : each.field === field))
      .map((each) => momentOf(each.value, now))
      .filter((each) => Number.isFinite(each))
  const since = moments('since', 'until')
  const until = moments('until', 'since')
  return {
    terms,
    texts: { all: texts(false), none: texts(true) },
    ...(since.length === 0 ? {} : { since: Math.max(...since) }),
    ...(until.length === 0 ? {} : { until: Math.min(...until) }),
  }
}

import { unreachable } from '../../../scim/unreachable.ts'
import { fold } from '../../../scim/fold.ts'
import { momentOf, type RequestTerm } from '../../../contract/request-filter.ts'
import type { ExchangeTerm } from '../../store/journal/exchange-term.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'

/** Looks up the ids of the people and groups that a filter names. */
export interface NamedResources {
  userIds(text: string, limit: number): readonly string[]
  groupIds(text: string, limit: number): readonly string[]
}

/** A name that so many people have finds no more of them. */
const mostNamed = 500

function termOf(names: NamedResources, { field, value, isExcluded }: RequestTerm): ExchangeTerm | undefined {
  switch (field) {
    case 'user':
      return { field: 'resource', noun: 'user', value, ids: names.userIds(fold(value), mostNamed), isExcluded }
    case 'group':
      return { field: 'resource', noun: 'group', value, ids: names.groupIds(fold(value), mostNamed), isExcluded }
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
export function journalWhere(
  names: NamedResources,
  { filter, now }: { readonly filter: readonly RequestTerm[]; readonly now: number },
): JournalWhere {
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
    terms: filter.flatMap((each) => termOf(names, each) ?? []),
    texts: { all: texts(false), none: texts(true) },
    ...(since.length === 0 ? {} : { since: Math.max(...since) }),
    ...(until.length === 0 ? {} : { until: Math.min(...until) }),
  }
}

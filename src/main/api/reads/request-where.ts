import { unreachable } from '../../../scim/unreachable.ts'
import { fold } from '../../../scim/fold.ts'
import type { RequestTerm } from '../../../contract/request-filter.ts'
import type { ExchangeTerm } from '../../store/journal/exchange-term.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'
import type { ReadSources } from './read-sources.ts'

/** A name that so many people have finds no more of them. */
const mostNamed = 500

const units: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** `30m` is a time ago; anything else is a moment in UTC unless it says otherwise. */
function momentOf(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (count !== undefined) return now - Number(count) * (units.get(unit) ?? 0)
  return Date.parse(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text)
}

function termOf({ search }: ReadSources, { field, value, isExcluded }: RequestTerm): ExchangeTerm | undefined {
  switch (field) {
    case 'user':
      return { field: 'resource', value, ids: search.userIds(fold(value), mostNamed), isExcluded }
    case 'group':
      return { field: 'resource', value, ids: search.groupIds(fold(value), mostNamed), isExcluded }
    case 'op':
      return { field: 'classification', value, isExcluded }
    case 'status':
    case 'method':
    case 'path':
    case 'integration':
    case 'idp':
    case 'id':
    case 'number':
    case 'from':
      return { field, value, isExcluded }
    case 'since':
    case 'until':
    case 'text':
      return undefined
    default:
      return unreachable(field)
  }
}

/** The filter of the console in the journal's form; names of people and groups are looked up. */
export function journalWhere(
  sources: ReadSources,
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
    terms: filter.flatMap((each) => termOf(sources, each) ?? []),
    texts: { all: texts(false), none: texts(true) },
    ...(since.length === 0 ? {} : { since: Math.max(...since) }),
    ...(until.length === 0 ? {} : { until: Math.min(...until) }),
  }
}

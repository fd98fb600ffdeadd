import type { Query } from '../../../scim/query/query.ts'
import { soleComparison } from './sole-comparison.ts'

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const referenceCheck = /^\s*\(?id\s+eq\s+"[^"]*"\s+and\s+(?:urn:\S+:)?(manager|members)(?:\.value)?\s+eq\s/i
const longestFilter = 2000

/** What many have in common by nature: whoever asks for it wants a list of them, so that several are no one too many. */
const shared =
  /^(?:urn:\S+:)?(?:active|userType|title|locale|preferredLanguage|timezone|department|division|organization|costCenter|manager|groups|members|roles|entitlements|schemas|meta)(?:$|\.)/i

interface Lookup {
  readonly query: Query
  readonly matched: number | undefined
  readonly mayProbe: boolean
}

/** A GET on a collection: a match, a probe, a reference check or a page of a list. */
export function classifyLookup({ query, matched, mayProbe }: Lookup, noun: string): string {
  const filter = query.filter?.slice(0, longestFilter)
  if (filter === undefined || filter === '') return isConnectionTest(query) ? 'connection test' : `list ${noun}s (page)`
  const reference = referenceCheck.exec(filter)?.[1]
  if (reference !== undefined) return reference.toLowerCase() === 'manager' ? 'manager check' : 'membership check'
  // Whoever wants an order reads a list; a match has one result or none.
  const comparison = query.sortBy === undefined ? soleComparison(withoutActive(filter)) : undefined
  if (comparison === undefined || shared.test(comparison.path)) return `${noun} search${hits(matched)}`
  // Entra probes with a random GUID for a name, when its connection is tested and whenever it starts something.
  if (mayProbe && matched === 0 && isName(comparison.path) && guid.test(comparison.value)) return 'connection test'
  return `${noun} match lookup${hits(matched)}`
}

/** Okta tests with startIndex=1&count=2; others ask for a single resource. Whoever goes on behind a cursor, or wants an order, reads a list. */
function isConnectionTest({ startIndex, count, cursor, sortBy }: Query): boolean {
  if ((cursor !== undefined && cursor !== '') || sortBy !== undefined) return false
  return (startIndex === undefined || String(startIndex) === '1') && (String(count) === '1' || String(count) === '2')
}

/** Entra's probe takes the matching attribute, which may be any; ids of other systems are GUIDs by nature. */
function isName(path: string): boolean {
  return !/(?:^|[.:])(?:id|externalid|manager|members)(?:$|\.)/i.test(path)
}

function hits(matched: number | undefined): string {
  if (matched === 0) return ' (no match)'
  return matched !== undefined && matched > 1 ? ` (${matched} matches)` : ''
}

const activeToo = String.raw`active\s+eq\s+"?true"?`
const onlyActive = new RegExp(String.raw`^\s*${activeToo}\s+and\s+|\s+and\s+${activeToo}\s*$`, 'i')

/** Whoever looks for one person may want them only while they are active. */
function withoutActive(filter: string): string {
  return filter.replace(onlyActive, '')
}

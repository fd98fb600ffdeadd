import { fold } from '../../../scim/text/fold.ts'
import type { Reach } from '../../../contract/page.ts'
import type { ManagedCount } from '../../store/resources/managed-records.ts'
import type { FoundGroup, FoundUser } from '../../store/roster/search-rosters.ts'
import type { MemberPage, MemberWish } from '../../store/roster/find-members.ts'
import type {
  GroupSearch,
  PageWish,
  Placed,
  RosterPage,
  RosterText,
  UserSearch,
} from '../../store/roster/roster-search.ts'
import type { ReadSources } from './read-sources.ts'

/** A search as it comes from the contract: its text not yet folded. */
type Asked<Search extends { readonly text: unknown }> = Omit<Search, 'text'> & {
  readonly query: string
  readonly reach: Reach
}

export type AskedUsers = Asked<UserSearch>
export type AskedGroups = Asked<GroupSearch>

export interface RosterAnswer<Row> extends RosterPage<Row & Placed> {
  /** How many there are without any filter. */
  readonly all: number
  readonly reach: Reach
}

/** A list that is no longer than this is looked through in some ten milliseconds. */
const lookedThrough = 50_000

interface Reached {
  readonly text: RosterText | undefined
  readonly reach: Reach
}

function reached({ query, reach }: { readonly query: string; readonly reach: Reach }, all: number): Reached {
  const used = all <= lookedThrough ? 'anywhere' : reach
  return { text: query === '' ? undefined : { raw: query, folded: fold(query), reach: used }, reach: used }
}

/** The search in the store's form. */
export function userSearchOf(
  { search }: ReadSources,
  asked: AskedUsers,
): Reached & { readonly search: UserSearch; readonly all: number } {
  const all = search.countUsers(asked.directoryId, asked.archived)
  const { text, reach } = reached(asked, all)
  return { search: { ...asked, text }, text, reach, all }
}

export function groupSearchOf(
  { search }: ReadSources,
  asked: AskedGroups,
): Reached & { readonly search: GroupSearch; readonly all: number } {
  const all = search.countGroups(asked.directoryId, asked.archived)
  const { text, reach } = reached(asked, all)
  return { search: { ...asked, text }, text, reach, all }
}

export function userPage(
  sources: ReadSources,
  { asked, wish }: { readonly asked: AskedUsers; readonly wish: PageWish },
): RosterAnswer<FoundUser> {
  const { search, all, reach } = userSearchOf(sources, asked)
  return { ...sources.search.users(search, wish), all, reach }
}

export function groupPage(
  sources: ReadSources,
  { asked, wish }: { readonly asked: AskedGroups; readonly wish: PageWish },
): RosterAnswer<FoundGroup> {
  const { search, all, reach } = groupSearchOf(sources, asked)
  return { ...sources.search.groups(search, wish), all, reach }
}

export function memberPage({ members }: ReadSources, wish: MemberWish): MemberPage {
  return members({ ...wish, text: fold(wish.text) })
}

export function attributeUsage(
  { usage }: ReadSources,
  input: {
    readonly directoryId: number
    readonly attributes: readonly { readonly urn: string; readonly name: string }[]
    readonly afterSeq: number
    readonly look: number
  },
) {
  return usage(input.directoryId, input.attributes, input.afterSeq, input.look)
}

/** How many people and groups some directories have, local administrators included, who are hidden from SCIM. */
export function rosterSize(
  { search }: ReadSources,
  { directoryIds }: { readonly directoryIds: readonly number[] },
): { readonly users: number; readonly groups: number } {
  const sum = (count: (directoryId: number) => number) => directoryIds.reduce((all, id) => all + count(id), 0)
  return { users: sum((id) => search.countUsers(id, false)), groups: sum((id) => search.countGroups(id, false)) }
}

/** How many records an integration manages. */
export function managedCount(
  { reads }: ReadSources,
  input: { readonly directoryId: number; readonly integrationId: number },
): ManagedCount {
  return reads.managed.count(input.directoryId, input.integrationId)
}

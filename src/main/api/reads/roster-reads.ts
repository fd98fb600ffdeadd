import type { Found, FoundGroup, FoundUser, GroupSearch, UserSearch } from '../../store/roster-search.ts'
import type { ReadSources } from './read-sources.ts'

export function searchUsers({ search }: ReadSources, input: UserSearch): Found<FoundUser> {
  return search.users(input)
}

export function searchGroups({ search }: ReadSources, input: GroupSearch): Found<FoundGroup> {
  return search.groups(input)
}

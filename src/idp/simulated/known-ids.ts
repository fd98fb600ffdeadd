import type { SimulatedGroup } from './organisation.ts'

/** The ids that the endpoint has given to what was made, by index: an identity provider's cache. */
export interface KnownIds {
  user(index: number): string | undefined
  group(index: number): string | undefined
  linkUser(index: number, id: string): void
  linkGroup(index: number, id: string): void
  /** The ids of those members of a group that exist. */
  members(group: SimulatedGroup): readonly string[]
}

export function createKnownIds(): KnownIds {
  const users = new Map<number, string>()
  const groups = new Map<number, string>()
  return {
    user: (index) => users.get(index),
    group: (index) => groups.get(index),
    linkUser: (index, id) => void users.set(index, id),
    linkGroup: (index, id) => void groups.set(index, id),
    members: (group) => group.members.flatMap((index) => users.get(index) ?? []),
  }
}

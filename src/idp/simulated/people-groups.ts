import type { Organisation, SimulatedGroup, SimulatedPerson } from './organisation.ts'

/** The ids that the endpoint has given to what was made, by `user-0`, `group-0` …: an identity provider's cache. */
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

/** What happens to a person between two cycles. Of ten people each thing happens to one, four stay as they are. */
export type Change =
  | 'attributes'
  | 'rename'
  | 'manager'
  | 'disable'
  | 'disable and restore'
  | 'leave a group'
  | 'nothing'

const changes: readonly Change[] = [
  'attributes',
  'rename',
  'manager',
  'disable',
  'disable and restore',
  'leave a group',
]

export function changeOf(person: SimulatedPerson): Change {
  return changes[person.index % 10] ?? 'nothing'
}

export interface ExistingPerson {
  readonly person: SimulatedPerson
  readonly id: string
}

export interface ExistingGroup {
  readonly group: SimulatedGroup
  readonly id: string
}

export function* everybody(organisation: Organisation): Generator<SimulatedPerson> {
  for (let index = 0; index < organisation.users; index += 1) yield organisation.person(index)
}

export function* everyGroup(organisation: Organisation): Generator<SimulatedGroup> {
  for (let index = 0; index < organisation.groups; index += 1) yield organisation.group(index)
}

/** Those people whose create succeeded. */
export function* existingPeople(organisation: Organisation, known: KnownIds): Generator<ExistingPerson> {
  for (const person of everybody(organisation)) {
    const id = known.user(person.index)
    if (id !== undefined) yield { person, id }
  }
}

export function* existingGroups(organisation: Organisation, known: KnownIds): Generator<ExistingGroup> {
  for (const group of everyGroup(organisation)) {
    const id = known.group(group.index)
    if (id !== undefined) yield { group, id }
  }
}

/** The userName after a change of name. */
export function renamed(person: SimulatedPerson): string {
  return `${person.marker}-renamed@example.com`
}

/** One conversation for each of them; lazily, for there may be many. */
export function* each<Subject, Said>(subjects: Iterable<Subject>, about: (subject: Subject) => Said): Generator<Said> {
  for (const subject of subjects) yield about(subject)
}

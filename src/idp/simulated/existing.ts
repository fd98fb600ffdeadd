import type { KnownIds } from './known-ids.ts'
import type { Organisation, SimulatedGroup, SimulatedPerson } from './organisation.ts'

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

/** One conversation for each of them; lazily, for there may be many. */
export function* each<Subject, Said>(subjects: Iterable<Subject>, about: (subject: Subject) => Said): Generator<Said> {
  for (const subject of subjects) yield about(subject)
}

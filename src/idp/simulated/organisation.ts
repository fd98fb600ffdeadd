import { simulatedDepartments, simulatedGroups, simulatedNames, simulatedTitles } from './names.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

export interface SimulatedPerson {
  /** Counts from 0. */
  readonly index: number
  /** What no real person is called: `sim-42-7`. */
  readonly marker: string
  readonly userName: string
  readonly givenName: string
  readonly familyName: string
  readonly displayName: string
  readonly title: string
  readonly department: string
  readonly employeeNumber: string
  readonly phone: string
  /** The identity provider's own id of the person, as a GUID. */
  readonly guid: string
  /** The same in the form of Okta's ids. */
  readonly oktaId: string
  readonly password: string
}

export interface SimulatedGroup {
  readonly index: number
  readonly displayName: string
  readonly guid: string
  /** The indices of the people in it. */
  readonly members: readonly number[]
}

/** The people and groups of one run. Each is computed when it is asked for: there may be a hundred thousand. */
export interface Organisation {
  readonly seed: number
  readonly users: number
  readonly groups: number
  person(index: number): SimulatedPerson
  group(index: number): SimulatedGroup
  /** A GUID that belongs to nobody. */
  strangeGuid(number: number): string
}

function hex(random: SeededRandom, length: number): string {
  return Array.from({ length }, () => random.below(16).toString(16)).join('')
}

function guidFrom(random: SeededRandom): string {
  const variant = random.pick(['8', '9', 'a', 'b'])
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 12)}`
}

const oktaCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function characters(random: SeededRandom, length: number): string {
  return Array.from({ length }, () => oktaCharacters.charAt(random.below(oktaCharacters.length))).join('')
}

/** Everybody has randomness of their own, so that the number of people does not change who they are. */
const streams = { person: 0x9e3779b1, group: 0x85ebca6b, stranger: 0xc2b2ae35 } as const

function randomOf(seed: number, stream: number, index: number): SeededRandom {
  return createSeededRandom(Math.imul(seed + 1, 0x27d4eb2f) ^ Math.imul(index + 1, stream))
}

function personOf(seed: number, index: number): SimulatedPerson {
  const random = randomOf(seed, streams.person, index)
  // The first twenty show every kind of name; later ones are drawn.
  const { given, family, login } = simulatedNames[index] ?? random.pick(simulatedNames)
  const marker = `sim-${seed}-${index + 1}`
  return {
    index,
    marker,
    userName: `${marker}-${login}@example.com`,
    givenName: given,
    familyName: family,
    displayName: `${given} ${family}`,
    title: random.pick(simulatedTitles),
    department: random.pick(simulatedDepartments),
    employeeNumber: String(100_000 + random.below(900_000)),
    phone: `+1 555 01${String(random.below(100)).padStart(2, '0')}`,
    guid: guidFrom(random),
    oktaId: `00u${characters(random, 17)}`,
    password: characters(random, 24),
  }
}

/** Everybody is in one group; every third in the next one too. */
function membersOf(users: number, groups: number, index: number): readonly number[] {
  const members: number[] = []
  for (let person = 0; person < users; person += 1) {
    const home = person % groups
    if (home === index || (person % 3 === 0 && (home + 1) % groups === index)) members.push(person)
  }
  return members
}

/** The same seed gives the same people and groups, whatever their number. */
export function createOrganisation(seed: number, users: number, groups: number): Organisation {
  return {
    seed,
    users,
    groups,
    person: (index) => personOf(seed, index),
    group(index) {
      const random = randomOf(seed, streams.group, index)
      const name = simulatedGroups[index] ?? random.pick(simulatedGroups)
      return {
        index,
        displayName: `sim-${seed}-${index + 1} ${name}`,
        guid: guidFrom(random),
        members: membersOf(users, groups, index),
      }
    },
    strangeGuid: (number) => guidFrom(randomOf(seed, streams.stranger, number)),
  }
}

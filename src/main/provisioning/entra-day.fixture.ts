import { enterpriseUserSchemaUrn, groupSchemaUrn, patchOpUrn, userSchemaUrn } from '../../scim/urn.ts'
import type { Day, Got } from './test-day.fixture.ts'

/** Somebody in the tenant. */
export interface Person {
  readonly userName: string
  readonly manager?: string
  readonly title?: string
}

/** The requests of Entra ID, in the order in which it sends them. */
export interface Entra {
  /** What it begins everything with. */
  probe(times?: number): void
  testConnection(): void
  /** Looks somebody up, and creates whoever is not there. */
  provision(person: Person): Got
  /** Reads somebody who is linked, and changes what differs. */
  update(id: string, changes: Readonly<Record<string, unknown>>): Got
  check(id: string): Got
  disable(id: string): Got
  enable(id: string): Got
  remove(id: string): Got
  setManager(id: string, manager: string): Got
  /** Looks a group up, and creates it if it is not there. */
  provisionGroup(name: string): Got
  addMembers(group: string, members: readonly string[]): Got
  removeMember(group: string, member: string): Got
}

let guids = 0

function guid(): string {
  guids += 1
  return `5b1e7a52-0c0d-4a1e-9a77-${String(guids).padStart(12, '0')}`
}

function filter(endpoint: string, attribute: string, value: string): string {
  const query = `filter=${attribute}+eq+%22${encodeURIComponent(value)}%22`
  return endpoint === 'Groups' ? `/Groups?excludedAttributes=members&${query}` : `/Users?${query}`
}

export function entraOn(day: Day): Entra {
  const patch = (path: string, ...operations: readonly unknown[]) =>
    day.send('PATCH', path, { schemas: [patchOpUrn], Operations: operations })
  const replace = (path: string, value: unknown) => ({ op: 'Replace', path, value })

  return {
    probe(times = 3) {
      for (let n = 0; n < times; n += 1) day.send('GET', filter('Users', 'userName', guid()))
    },
    testConnection() {
      day.send('GET', filter('Users', 'userName', guid()))
      day.send('GET', filter('Groups', 'displayName', guid()))
    },
    provision({ userName, title }) {
      const found = day.send('GET', filter('Users', 'userName', userName))
      if (found.matched > 0) return found
      return day.send('POST', '/Users', {
        schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
        externalId: userName.split('@', 1)[0],
        userName,
        active: true,
        displayName: userName,
        emails: [{ primary: true, type: 'work', value: userName }],
        name: { formatted: userName, familyName: 'Moss', givenName: 'Ana' },
        ...(title === undefined ? {} : { title }),
        meta: { resourceType: 'User' },
        roles: [],
      })
    },
    check: (id) => day.send('GET', `/Users/${id}`),
    update(id, changes) {
      day.send('GET', `/Users/${id}`)
      return patch(`/Users/${id}`, ...Object.entries(changes).map(([path, value]) => replace(path, value)))
    },
    disable(id) {
      day.send('GET', `/Users/${id}`)
      return patch(`/Users/${id}`, replace('active', 'False'))
    },
    enable(id) {
      day.send('GET', `/Users/${id}`)
      return patch(`/Users/${id}`, replace('active', 'True'))
    },
    remove: (id) => day.send('DELETE', `/Users/${id}`),
    setManager(id, manager) {
      day.send('GET', `/Users?filter=id+eq+%22${id}%22+and+manager+eq+%22${manager}%22&attributes=id`)
      return patch(`/Users/${id}`, { op: 'Add', path: `${enterpriseUserSchemaUrn}:manager`, value: manager })
    },
    provisionGroup(name) {
      const found = day.send('GET', filter('Groups', 'displayName', name))
      const got =
        found.matched > 0
          ? found
          : day.send('POST', '/Groups', {
              schemas: [groupSchemaUrn, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
              externalId: guid(),
              displayName: name,
              meta: { resourceType: 'Group' },
            })
      if (got.id !== '') day.send('GET', `/Groups/${got.id}?excludedAttributes=members`)
      return got
    },
    addMembers(group, members) {
      const [first] = members
      day.send('GET', `/Groups?filter=id+eq+%22${group}%22+and+members+eq+%22${first}%22&attributes=id`)
      return patch(`/Groups/${group}`, {
        op: 'Add',
        path: 'members',
        value: members.map((value) => ({ $ref: null, value })),
      })
    },
    removeMember: (group, member) =>
      patch(`/Groups/${group}`, { op: 'Remove', path: 'members', value: [{ $ref: null, value: member }] }),
  }
}

/** Persons to provision, person0@example.com and on. */
export function people(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, n) => ({ userName: `person${n}@example.com` }))
}

/** Names of groups, Team 0 and on. */
export function groups(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `Team ${n}`)
}

/** The ids of what an initial cycle made. */
export interface Company {
  readonly users: readonly string[]
  readonly groups: readonly string[]
}

/** An initial cycle: users, then groups, then managers and members. */
export function initialCycle(entra: Entra, persons: readonly Person[], names: readonly string[]): Company {
  entra.probe()
  const users = persons.map((person) => entra.provision(person).id)
  const made = names.map((name) => entra.provisionGroup(name).id)
  const [chief = ''] = users
  for (const user of users.slice(1, 11)) entra.setManager(user, chief)
  for (const [n, group] of made.entries()) entra.addMembers(group, users.slice(n * 5, n * 5 + 5))
  return { users, groups: made }
}

/** A company whose initial cycle began at 08:00. */
export function company(day: Day, entra: Entra, users = 5): Company {
  day.until('08:00')
  return initialCycle(entra, people(users), groups(1))
}

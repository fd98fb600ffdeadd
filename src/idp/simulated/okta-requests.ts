import type { JsonObject } from '../../scim/json/json.ts'
import { enterpriseUserSchemaUrn, groupSchemaUrn, patchOpUrn, userSchemaUrn } from '../../scim/urn.ts'
import type { SimulatedGroup, SimulatedPerson } from './organisation.ts'
import type { SentRequest } from './turn.ts'

/** As documented: developer.okta.com, "Understanding SCIM 2.0". */
export const oktaHeaders = {
  'User-Agent': 'Okta SCIM Client 1.0.0',
  Accept: 'application/scim+json',
  'Accept-Charset': 'utf-8',
  'Accept-Encoding': 'gzip,deflate',
} as const

const writing = { ...oktaHeaders, 'Content-Type': 'application/scim+json; charset=utf-8' } as const

const get = (path: string): SentRequest => ({ method: 'GET', path, headers: oktaHeaders })
const send = (method: 'POST' | 'PUT' | 'PATCH', path: string, body: JsonObject): SentRequest => ({
  method,
  path,
  headers: writing,
  body,
})

/** Okta writes a blank as %20. */
const lookUp = (endpoint: string, attribute: string, value: string) =>
  get(`${endpoint}?filter=${encodeURIComponent(`${attribute} eq "${value}"`)}&startIndex=1&count=100`)

const patch = (path: string, ...operations: readonly JsonObject[]) =>
  send('PATCH', path, { schemas: [patchOpUrn], Operations: operations })

export const userPath = (id: string) => `/Users/${encodeURIComponent(id)}`
export const groupPath = (id: string) => `/Groups/${encodeURIComponent(id)}`

export interface OktaMember {
  readonly value: string
  readonly display: string
}

/** What a PUT of a user says besides what every one does. */
export interface OktaProfile {
  readonly userName?: string
  readonly title?: string
  readonly familyName?: string
  readonly active?: boolean
  readonly manager?: string
}

function profileOf(person: SimulatedPerson, changed: OktaProfile): JsonObject {
  const userName = changed.userName ?? person.userName
  return {
    userName,
    name: { givenName: person.givenName, familyName: changed.familyName ?? person.familyName },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: person.displayName,
    title: changed.title ?? person.title,
    locale: 'en-US',
    externalId: person.oktaId,
    groups: [],
    active: changed.active ?? true,
    [enterpriseUserSchemaUrn]: {
      employeeNumber: person.employeeNumber,
      department: person.department,
      ...(changed.manager === undefined ? {} : { manager: { value: changed.manager } }),
    },
  }
}

const schemas = [userSchemaUrn, enterpriseUserSchemaUrn]
const groupBody = (id: string, displayName: string, members: readonly OktaMember[]): JsonObject => ({
  schemas: [groupSchemaUrn],
  id,
  displayName,
  members: members.map((each) => ({ ...each })),
})

export const oktaRequests = {
  page: (endpoint: '/Users' | '/Groups', startIndex: number, count: number) =>
    get(`${endpoint}?startIndex=${startIndex}&count=${count}`),
  lookUpUser: (userName: string) => lookUp('/Users', 'userName', userName),
  lookUpGroup: (displayName: string) => lookUp('/Groups', 'displayName', displayName),
  read: get,
  createUser: (person: SimulatedPerson) =>
    send('POST', '/Users', { schemas, ...profileOf(person, {}), password: person.password }),
  replaceUser: (id: string, person: SimulatedPerson, changed: OktaProfile) =>
    send('PUT', userPath(id), { schemas, id, ...profileOf(person, changed), meta: { resourceType: 'User' } }),
  patchActive: (id: string, active: boolean) => patch(userPath(id), { op: 'replace', value: { active } }),
  createGroup: (group: SimulatedGroup) =>
    send('POST', '/Groups', { schemas: [groupSchemaUrn], displayName: group.displayName, members: [] }),
  replaceGroup: (id: string, displayName: string, members: readonly OktaMember[]) =>
    send('PUT', groupPath(id), groupBody(id, displayName, members)),
  addMembers: (id: string, members: readonly OktaMember[]) =>
    patch(groupPath(id), { op: 'add', path: 'members', value: members.map((each) => ({ ...each })) }),
  removeMember: (id: string, user: string) =>
    patch(groupPath(id), { op: 'remove', path: `members[value eq "${user}"]` }),
  renameGroup: (id: string, displayName: string) => patch(groupPath(id), { op: 'replace', value: { id, displayName } }),
  deleteGroup: (id: string): SentRequest => ({ method: 'DELETE', path: groupPath(id), headers: oktaHeaders }),
}

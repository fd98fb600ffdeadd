import type { JsonObject, JsonValue } from '../../scim/json/json.ts'
import { enterpriseUserSchemaUrn, groupSchemaUrn, patchOpUrn, userSchemaUrn } from '../../scim/urn.ts'
import type { Organisation, SimulatedGroup, SimulatedPerson } from './organisation.ts'
import type { SentRequest } from './turn.ts'

/** The shapes are those of an app whose Tenant URL carries no flag: learn.microsoft.com, "use SCIM to provision users and groups". */

/** Entra's library writes a blank as a plus sign, and quotes as %22. */
function query(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString()
}

export interface Operation {
  readonly op: 'Add' | 'Replace' | 'Remove'
  readonly path: string
  readonly value?: JsonValue
}

export function entraRequests(organisation: Organisation) {
  // Each call carries this header. What stands in it is documented only as far as that it has the id of the activity.
  const headers = { ADSCIMVersion: `ActivityId=${organisation.strangeGuid(0)}` }
  const writing = { ...headers, 'Content-Type': 'application/scim+json; charset=utf-8' }
  const get = (path: string): SentRequest => ({ method: 'GET', path, headers })
  const post = (path: string, body: JsonObject): SentRequest => ({ method: 'POST', path, headers: writing, body })
  const id = (value: string) => encodeURIComponent(value)
  return {
    headers,
    probeUsers: (guid: string) => get(`/Users?${query({ filter: `userName eq "${guid}"` })}`),
    probeGroups: (guid: string) =>
      get(`/Groups?${query({ excludedAttributes: 'members', filter: `displayName eq "${guid}"` })}`),
    lookUpUser: (userName: string) => get(`/Users?${query({ filter: `userName eq "${userName}"` })}`),
    lookUpGroup: (displayName: string) =>
      get(`/Groups?${query({ excludedAttributes: 'members', filter: `displayName eq "${displayName}"` })}`),
    readUser: (user: string) => get(`/Users/${id(user)}`),
    readGroup: (group: string) => get(`/Groups/${id(group)}`),
    readGroupWithoutMembers: (group: string) => get(`/Groups/${id(group)}?excludedAttributes=members`),
    isManager: (user: string, manager: string) =>
      get(`/Users?${query({ filter: `id eq "${user}" and manager eq "${manager}"`, attributes: 'id' })}`),
    isMember: (group: string, user: string) =>
      get(`/Groups?${query({ filter: `id eq "${group}" and members eq "${user}"`, attributes: 'id' })}`),
    createUser: (person: SimulatedPerson) =>
      post('/Users', {
        schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
        externalId: person.marker,
        userName: person.userName,
        active: true,
        displayName: person.displayName,
        title: person.title,
        emails: [{ primary: true, type: 'work', value: person.userName }],
        meta: { resourceType: 'User' },
        name: {
          formatted: person.displayName,
          familyName: person.familyName,
          givenName: person.givenName,
        },
        roles: [],
        [enterpriseUserSchemaUrn]: { employeeNumber: person.employeeNumber, department: person.department },
      }),
    createGroup: (group: SimulatedGroup) =>
      post('/Groups', {
        // The second one is Entra's own; the members follow in a PATCH.
        schemas: [groupSchemaUrn, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
        externalId: group.guid,
        displayName: group.displayName,
        meta: { resourceType: 'Group' },
      }),
    patch: (path: `/Users/${string}` | `/Groups/${string}`, ...operations: readonly Operation[]): SentRequest => ({
      method: 'PATCH',
      path,
      headers: writing,
      body: { schemas: [patchOpUrn], Operations: operations.map((each) => ({ ...each })) },
    }),
    remove: (path: string): SentRequest => ({ method: 'DELETE', path, headers }),
  }
}

export type EntraRequests = ReturnType<typeof entraRequests>

/** Entra names members as references that it leaves empty. */
export function memberReferences(ids: readonly string[]): readonly JsonObject[] {
  return ids.map((value) => ({ $ref: null, value }))
}

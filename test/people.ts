import type { JsonObject } from '../src/scim/json/json.ts'
import { groupSchemaUrn, userSchemaUrn } from '../src/scim/urn.ts'

let made = 0

/** The body of a user like those that identity providers send, with a userName that no other test uses. */
export function user(changes: JsonObject = {}): JsonObject {
  made += 1
  const userName = `person${made}@people.test`
  return {
    schemas: [userSchemaUrn],
    userName,
    name: { givenName: 'Person', familyName: `Number${made}` },
    displayName: `Person ${made}`,
    active: true,
    emails: [{ type: 'work', value: userName, primary: true }],
    ...changes,
  }
}

/** The body of a group with the users or groups of these ids in it. */
export function group(displayName: string, memberIds: readonly string[] = []): JsonObject {
  return { schemas: [groupSchemaUrn], displayName, members: memberIds.map((value) => ({ value })) }
}

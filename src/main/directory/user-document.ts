import { ScimError } from '../../scim/error.ts'
import { isJsonObject, jsonIn, type Resource } from '../../scim/json/json.ts'
import { userSchemaUrn } from '../../scim/urn.ts'
import type { UserRow } from '../store/resources/users.ts'

/** The document of a stored user; undefined for one that a disk has spoilt. */
export function userDocument({ doc }: Pick<UserRow, 'doc'>): Resource | undefined {
  const document = jsonIn(doc)
  return isJsonObject(document) ? document : undefined
}

/** What is known of a user without its document: what the row says beside it. */
export function besideDocument(row: Pick<UserRow, 'user_name' | 'active'>): Resource {
  return { userName: row.user_name, active: row.active === 1 }
}

/** The document, or, of a spoilt one, what stands beside it: for those who only show it. */
export function shownDocument(row: Pick<UserRow, 'doc' | 'user_name' | 'active'>): Resource {
  return userDocument(row) ?? { schemas: [userSchemaUrn], ...besideDocument(row) }
}

/** What is wrong with a user whose document is spoilt, and what heals it. */
export function damagedRecord(row: Pick<UserRow, 'user_name'>): string {
  return `The stored record of the user "${row.user_name}" is damaged: nothing but the userName and whether it is active can be read. Save the user again as a whole, with a PUT or in the console, or delete it.`
}

/** The same of as many as there are. */
export function damagedRecords(first: Pick<UserRow, 'user_name'>, count: number): string {
  if (count === 1) return damagedRecord(first)
  return `The stored records of ${count} users are damaged, that of "${first.user_name}" is the first: nothing but the userName and whether they are active can be read. Save each again as a whole, with a PUT or in the console, or delete it.`
}

/** Refuses what would have to know the document. The fault is on this side, and stays until the record is healed. */
export function damagedUser(row: Pick<UserRow, 'user_name'>): ScimError {
  return new ScimError(500, undefined, damagedRecord(row))
}

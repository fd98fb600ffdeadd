import { isJsonObject } from '../../../scim/json/json.ts'

/** The displayName in a stored document; null where it has none. */
export function displayNameOf(doc: string): string | null {
  const document: unknown = JSON.parse(doc)
  const name = isJsonObject(document) ? document['displayName'] : undefined
  return typeof name === 'string' ? name : null
}

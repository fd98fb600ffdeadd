import { isJsonObject, jsonIn } from '../../../scim/json/json.ts'

/** The displayName in a stored document; null where it has none, or cannot be read. */
export function displayNameOf(doc: string): string | null {
  const document = jsonIn(doc)
  const name = isJsonObject(document) ? document['displayName'] : undefined
  return typeof name === 'string' ? name : null
}

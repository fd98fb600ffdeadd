import { isJsonObject, jsonIn, type JsonObject } from '../../../scim/json/json.ts'
import { parseQueryParameters } from '../../../scim/query/query.ts'
import { redacted } from '../redaction/filter-literals.ts'
import { soleComparison } from './sole-comparison.ts'

const longest = 200

/** What a lookup looked for, such as a userName: the text of the one comparison in its filter. Undefined for everything else. */
export function soughtValue(target: string): string | undefined {
  const at = target.indexOf('?')
  if (at < 0) return undefined
  const filter = filterOf(target.slice(at + 1))
  return soleComparison(filter?.slice(0, 2000) ?? '')?.value.slice(0, longest)
}

function filterOf(query: string): string | undefined {
  try {
    return parseQueryParameters(query).filter
  } catch {
    return undefined // the endpoint has answered 400 to it
  }
}

/** The object that a body's JSON text holds; undefined for one that was cut or withheld. */
export function objectIn(body: string | undefined): JsonObject | undefined {
  if (body === undefined || body === '') return undefined
  const value = jsonIn(body)
  return isJsonObject(value) ? value : undefined
}

/** What a body as it is kept calls its user or group; undefined where that is kept out of the log. */
export function nameIn(body: string | undefined, noun: 'user' | 'group'): string | undefined {
  return nameOf(objectIn(body) ?? {}, noun)
}

/** What a resource, or what is to be changed of one, calls its user or group; undefined where that is kept out of the log. */
export function nameOf(resource: JsonObject, noun: 'user' | 'group'): string | undefined {
  const sought = noun === 'user' ? 'username' : 'displayname'
  for (const [key, value] of Object.entries(resource))
    if (key.toLowerCase() === sought)
      return typeof value === 'string' && value !== '' && value !== redacted ? value.slice(0, longest) : undefined
  return undefined
}

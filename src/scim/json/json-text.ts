import { jsonIn } from './json.ts'

/** Longer text is left as it is: what IdPs put in here is one role or one small object. */
const longest = 100_000

/**
 * What a text holds that is itself JSON of an object or array; undefined for every other value.
 * Entra writes app roles so: `"{\"id\":…,\"value\":\"Admin\",\"displayName\":\"Administrator\"}"`.
 */
export function readJsonText(input: unknown): unknown {
  if (typeof input !== 'string' || input.length > longest) return undefined
  const first = input.charCodeAt(0)
  if (first !== 0x7b && first !== 0x5b) return undefined
  return jsonIn(input)
}

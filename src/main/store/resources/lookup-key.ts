import { fold } from '../../../scim/text/fold.ts'

/** So much of a value is kept, for one may have megabytes. */
const mostCharacters = 200

/**
 * What a value stands under in `lookup_keys`. Values that a filter takes for equal have the same key; values with the same key need not be equal: by
 * letter case, behind their beginning, or by halves of surrogate pairs, which SQLite cannot keep apart.
 */
export function lookupKey(value: string | number): string {
  return fold(String(value)).slice(0, mostCharacters).toWellFormed()
}

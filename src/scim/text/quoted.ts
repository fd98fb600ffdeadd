import { shown } from '../note.ts'

/** A piece of a request as it may stand in an error text: shortened, with control characters escaped. */
export function quoted(text: string): string {
  return JSON.stringify(shown(text))
}

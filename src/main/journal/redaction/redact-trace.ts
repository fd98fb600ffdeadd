import { isJsonObject, jsonIn, type JsonValue } from '../../../scim/json/json.ts'
import { redacted } from './filter-literals.ts'
import { lastName, type RedactedNames } from './redacted-names.ts'
import { mayNameSecret } from './secret-names.ts'

const quotingFields = ['seen', 'taken', 'expected']

/** A trace (src/scim/note.ts) without what its notes quote of redacted attributes. */
export function redactTrace(trace: string, names: RedactedNames): string {
  if (!names.mayMention(trace) && !mayNameSecret(trace)) return trace
  const notes = jsonIn(trace)
  if (!Array.isArray(notes)) return '[]'
  return JSON.stringify(notes.map((note: JsonValue) => redactNote(note, names)))
}

function redactNote(note: JsonValue, names: RedactedNames): JsonValue {
  if (!isJsonObject(note)) return note
  const text = JSON.stringify(note)
  if (!names.mayMention(text) && !mayNameSecret(text)) return note
  const path = typeof note['path'] === 'string' ? note['path'] : ''
  // A note may quote a filter or a whole operation, shortened, so that it can no longer be parsed.
  const pathQuotes = names.covers(path, undefined) || names.coversPlainValue(lastName(path))
  const clean = quotingFields
    .filter((field) => typeof note[field] === 'string')
    .filter((field) => pathQuotes || quotesValue(note[field], names))
    .map((field) => [field, redacted])
  return { ...note, ...Object.fromEntries(clean) }
}

/**
 * A plain list of attribute names quotes no value, nor does a sentence that says of one by its name alone what is wrong with it, as
 * `"password" must be text.` does; any other text that mentions a redacted name may.
 */
function quotesValue(text: JsonValue | undefined, names: RedactedNames): boolean {
  if (typeof text !== 'string' || !names.mayMention(text) || /^[\w$:.,-]*$/.test(text)) return false
  const rest = text
    .replace(/"([\w$:.-]+)"/g, (quoted, path: string) => (endsInRedacted(path, names) ? '' : quoted))
    .replace(/\boperation \d+\b/g, '')
  return names.mayMention(rest) || /["'\\\d]|\bgot\b/.test(rest)
}

/** Whether a path is that of a redacted attribute itself, and has nothing behind its name that may be a value. */
function endsInRedacted(path: string, names: RedactedNames): boolean {
  const parent = path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf(':'), 0))
  return names.covers(path, undefined) && !names.covers(parent, undefined)
}

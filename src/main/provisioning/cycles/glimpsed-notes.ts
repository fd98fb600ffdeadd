import { isJsonObject, jsonIn } from '../../../scim/json/json.ts'

/** A note of a stored trace, as far as activities are told by it (scim/note.ts). */
export interface GlimpsedNote {
  readonly code: string
  readonly path: string | undefined
  readonly seen: string | undefined
  readonly count: number
}

const codeKey = '"code":"'

/**
 * The codes of a trace's notes in order, found without reading the rest. What a note quotes cannot pass for one: a quotation mark inside a JSON
 * text stands behind a backslash.
 */
export function codesIn(trace: string): readonly string[] {
  const codes: string[] = []
  for (let at = trace.indexOf(codeKey); at >= 0; at = trace.indexOf(codeKey, at)) {
    at += codeKey.length
    codes.push(trace.slice(at, trace.indexOf('"', at)))
  }
  return codes
}

/** The notes of a trace; none where it cannot be read. */
export function notesIn(trace: string): readonly GlimpsedNote[] {
  const value = jsonIn(trace)
  if (!Array.isArray(value)) return []
  const notes: GlimpsedNote[] = []
  for (const each of value) {
    if (!isJsonObject(each)) continue
    const { code, path, seen, count } = each
    if (typeof code !== 'string') continue
    notes.push({
      code,
      path: typeof path === 'string' ? path : undefined,
      seen: typeof seen === 'string' ? seen : undefined,
      count: typeof count === 'number' ? count : 0,
    })
  }
  return notes
}

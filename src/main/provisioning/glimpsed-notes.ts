import { isJsonObject } from '../../scim/json.ts'

/** A note of a stored trace, as far as activities are told by it (scim/note.ts). */
export interface GlimpsedNote {
  readonly code: string
  readonly path: string | undefined
  readonly seen: string | undefined
  readonly count: number
}

/** The notes of a trace; none where it cannot be read. */
export function notesIn(trace: string): readonly GlimpsedNote[] {
  let value: unknown
  try {
    value = JSON.parse(trace)
  } catch {
    return []
  }
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

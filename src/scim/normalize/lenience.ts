import { departFrom } from './departure.ts'
import { invalidSyntax, invalidValue } from '../error.ts'
import { glimpse } from '../text/glimpse.ts'
import { shown, type Note, type Notes } from '../note.ts'
import type { Departure, DepartureCode } from './refused-departure.ts'

/** A request cannot leave more notes than this: a body of a million misspelt keys is still one request. */
const mostNotes = 64

/**
 * Notes that stay few: the same code at the same path is noted once, and no more than 64 notes in all.
 * Wrap the caller's notes in it once per request body.
 */
export function boundedNotes(notes: Notes): Notes {
  let kept: Note[] | undefined
  return {
    strict: notes.strict,
    add(note) {
      kept ??= []
      if (kept.length >= mostNotes) return
      if (kept.some((each) => each.code === note.code && each.path === note.path)) return
      kept.push(note)
      notes.add(note)
    },
  }
}

/** Accepts a value in a form that the RFC does not know, with a note. Throws invalidValue when strict. */
export function tolerate(notes: Notes, code: DepartureCode, path: string, seen: unknown, taken?: unknown): void {
  const note: Departure = { step: 'parse', code, path: shown(path), seen: glimpse(seen) }
  departFrom(notes, invalidValue, taken === undefined ? note : { ...note, taken: glimpse(taken) })
}

/** Takes a key of an object that is a path, such as `name.givenName`, for one. Throws invalidSyntax when strict. */
export function tolerateDottedKey(notes: Notes, key: string): void {
  departFrom(notes, invalidSyntax, { step: 'parse', code: 'dotted-key', path: shown(key) })
}

/**
 * Notes that an attribute was given more than once, under names that differ in letter case or form (RFC 7643 §2.1); the last one counts.
 * Throws invalidSyntax when strict.
 */
export function tolerateRepeated(notes: Notes, path: string): void {
  departFrom(notes, invalidSyntax, { step: 'parse', code: 'repeated-attribute', path: shown(path) })
}

/** Ignores an attribute that no schema defines, with a note. Throws invalidSyntax when strict (RFC 7644 §3.12). */
export function ignoreUnknown(notes: Notes, path: string): void {
  if (notes.strict) {
    notes.add({ step: 'parse', code: 'attribute-not-here', path: shown(path) })
    throw invalidSyntax(`No schema of this resource type defines "${shown(path)}".`)
  }
  notes.add({ step: 'parse', code: 'unknown-attribute', path: shown(path) })
}

/** Ignores what only the server writes, with a note; the RFC itself says to ignore it (RFC 7644 §3.5.1). */
export function ignoreReadOnly(notes: Notes, path: string): void {
  notes.add({ step: 'parse', code: 'read-only-ignored', path })
}

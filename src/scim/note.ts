import { shortened } from './text/shortened.ts'

/** The ordered steps by which a request got its answer. */
export type TraceStep = 'authenticate' | 'route' | 'parse' | 'match' | 'rule' | 'change' | 'status'

/**
 * One entry of a trace: what was expected and what was seen at a step. It carries data, not prose:
 * `src/idp/notes.ts` turns it into a sentence when a person reads it, so that the request path never builds text.
 */
export interface Note {
  readonly step: TraceStep
  /** Which note this is, e.g. `boolean-as-text`; every code has its sentence in the catalogue `src/idp/notes.ts`. */
  readonly code: string
  /** The attribute path or header or parameter that the note is about. */
  readonly path?: string
  readonly expected?: string
  /** What was seen, shortened to 200 characters; never a secret. */
  readonly seen?: string
  /** What it was taken for. */
  readonly taken?: string
  readonly count?: number
}

/** Where the functions of `src/scim` leave their notes. `strict` turns every departure from the RFC into an error. */
export interface Notes {
  readonly strict: boolean
  add(note: Note): void
}

/** A plain collector. */
export function createNotes(strict = false): Notes & { readonly list: readonly Note[] } {
  const list: Note[] = []
  return {
    strict,
    list,
    add(note) {
      list.push(note)
    },
  }
}

/** A trace that grows as the text in which it is stored. */
export interface Trace {
  add(note: Note): void
  /** Adds notes that are text already, separated by commas; an empty text adds none. */
  addText(notes: string): void
  /** JSON text of the `Note[]`. */
  text(): string
}

export function createTrace(): Trace {
  let items = ''
  return {
    add(note) {
      items += items === '' ? noteText(note) : `,${noteText(note)}`
    },
    addText(notes) {
      if (notes !== '') items += items === '' ? notes : `,${notes}`
    },
    text: () => `[${items}]`,
  }
}

/** JSON text of one note. */
export function noteText(note: Note): string {
  // Written field by field, since every request leaves notes: steps and codes are plain words of our own.
  let text = `{"step":"${note.step}","code":"${note.code}"`
  if (note.path !== undefined) text += `,"path":${JSON.stringify(note.path)}`
  if (note.expected !== undefined) text += `,"expected":${JSON.stringify(note.expected)}`
  if (note.seen !== undefined) text += `,"seen":${JSON.stringify(note.seen)}`
  if (note.taken !== undefined) text += `,"taken":${JSON.stringify(note.taken)}`
  return note.count === undefined ? `${text}}` : `${text},"count":${note.count}}`
}

/** JSON texts of notes, separated by commas. */
export function noteTexts(notes: readonly Note[]): string {
  return notes.map(noteText).join(',')
}

/** Shortens a value for `Note.seen`. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return shortened(text, 200)
}

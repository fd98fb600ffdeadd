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

/** Shortens a value for `Note.seen`. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}

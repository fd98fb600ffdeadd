import type { Note } from '../scim/note.ts'
import { dialectOf, idps } from './catalogue.ts'
import { dialectSentences, type Sentence } from './dialect-sentences.ts'
import type { IdpId } from './idp.ts'
import { quote } from './quote.ts'
import { traceSentences } from './trace-sentences.ts'

const sentences: ReadonlyMap<string, Sentence> = new Map(Object.entries({ ...dialectSentences, ...traceSentences }))

/** Whether the catalogue has a sentence of its own for this code. */
export function hasSentence(code: string): boolean {
  return sentences.has(code)
}

function fallback(note: Note): string {
  const about = note.path === undefined ? '' : ` about ${quote(note.path)}`
  const expected = note.expected === undefined ? '' : `; expected ${quote(note.expected)}`
  const seen = note.seen === undefined ? '' : `; got ${quote(note.seen)}`
  const taken = note.taken === undefined ? '' : `; taken as ${quote(note.taken)}`
  return `Step ${note.step}: ${note.code.replaceAll('-', ' ')}${about}${expected}${seen}${taken}.`
}

/** Without an IdP that is known to do it, the one that proved it in a recorded exchange speaks for all. */
function explanation(note: Note, idp: IdpId | undefined): string | undefined {
  if (idp !== undefined && idp !== 'generic') return dialectOf(idp, note)?.sentence
  for (const { id } of Object.values(idps)) {
    const dialect = dialectOf(id, note)
    if (dialect?.isTypical) return dialect.sentence
  }
  return undefined
}

/**
 * What a note says to a person, in one or two plain sentences: what was seen and what was made of it, then what is known
 * about the IdP that does so and the setting that changes it. Values from the wire stand in it as text: draw it as text.
 */
export function noteSentence(note: Note, idp?: IdpId): string {
  const sentence = sentences.get(note.code) ?? fallback
  const known = explanation(note, idp)
  return known === undefined ? sentence(note) : `${sentence(note)} ${known}`
}

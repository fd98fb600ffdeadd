import { quoted } from '../text/quoted.ts'
import type { Note } from '../note.ts'
import { patchOpUrn } from '../urn.ts'

type Sentence = (note: Note) => string

const path = (note: Note, otherwise: string) => (note.path === undefined ? otherwise : quoted(note.path))
const instead = (note: Note) => (note.taken === undefined ? '' : `; write ${note.taken}`)

/** What is wrong with each departure from the RFC, and what to send instead, for a client that is held to the letter. */
const sentences = {
  'array-for-single': (note) => `${path(note, 'An attribute')} holds one value; send it without a list around it.`,
  'attribute-alias': (note) => `${path(note, 'A name')} is no attribute of the schema${instead(note)}.`,
  'bare-value': (note) => `The elements of ${path(note, 'a list')} must be objects with their sub-attributes.`,
  'boolean-as-text': (note) => `${path(note, 'A value')} must be true or false, without quotes${instead(note)}.`,
  'date-time-without-zone': (note) => `The time for ${path(note, 'an attribute')} must name its zone${instead(note)}.`,
  'date-without-time': (note) =>
    `${path(note, 'A value')} must be a date with a time and its zone${note.taken === undefined ? ', such as 2011-05-13T04:42:34Z' : instead(note)}.`,
  'display-name-key': (note) => `${path(note, '"displayName"')} is no sub-attribute; write "display".`,
  'dot-after-urn': (note) => `${path(note, 'A path')} has a dot after the URN of the schema${instead(note)}.`,
  'dotted-key': (note) => `The key ${path(note, 'of a value')} is a path; send an object with its sub-attributes.`,
  'extension-not-declared': (note) => `"schemas" must name ${path(note, 'the extension')}, for there is data of it.`,
  'former-urn': (note) => `${path(note, 'A URN')} is what the extension was called before SCIM 2.0${instead(note)}.`,
  'json-text': (note) => `${path(note, 'A value')} must be a JSON value, not a text that holds one.`,
  'manager-id-key': (note) => `${path(note, '"managerId"')} is no sub-attribute; write "value".`,
  'member-by-type': (note) =>
    `${path(note, 'The path')} names no member; send a list of objects with a "value" to "members".`,
  'members-value-remove': () => 'Members are removed by the path, as in members[value eq "id"], and not by a value.',
  'members-without-path': () => 'An operation that adds members must say so: send it with "path": "members".',
  'name-in-value': (note) =>
    `${path(note, 'A name')} is in the path already; send what the object under it holds as the value.`,
  'not-base64': (note) => `${path(note, 'A value')} must be base64 (RFC 4648 §4), without line breaks.`,
  'number-as-text': (note) => `${path(note, 'A value')} must be a number, without quotes${instead(note)}.`,
  'op-case': (note) => `"op" must be in lower case${instead(note)}.`,
  'patch-schema-missing': () => `"schemas" of a PATCH must hold ${patchOpUrn}.`,
  'repeated-attribute': (note) =>
    `${path(note, 'An attribute')} is given more than once, spelled in different ways; send it once.`,
  'scim-1-members': () => 'The members came in the manner of SCIM 1.1; send a PATCH with "Operations".',
  'seeded-from-filter': (note) =>
    `Nothing matches ${path(note, 'the filter')}, so there is nothing to replace; add it.`,
  'several-primary': (note) => `At most one value of ${path(note, 'a list')} can be primary.`,
  'short-sort-order': () => '"sortOrder" must be "ascending" or "descending".',
  'single-for-array': (note) => `${path(note, 'An attribute')} is a list; send an array.`,
  'string-for-complex': (note) => `${path(note, 'An attribute')} must be an object with its sub-attributes.`,
  'sub-attribute-after-value-filter': (note) =>
    `What stands behind the brackets of ${path(note, 'a value filter')} belongs into them, joined by "and".`,
  'text-as-number': (note) => `${path(note, 'A value')} must be text, in quotes.`,
  'unescaped-backslash': (note) =>
    `A backslash in the value for ${path(note, 'an attribute')} must be escaped as in JSON${instead(note)}.`,
  'unescaped-quotes': (note) =>
    `Double quotes in the value for ${path(note, 'an attribute')} must be escaped as in JSON${instead(note)}.`,
  'unqualified-extension-attribute': (note) => `${path(note, 'A name')} belongs to an extension${instead(note)}.`,
  'unquoted-value': (note) => `The value for ${path(note, 'an attribute')} must be in double quotes${instead(note)}.`,
  'values-remove': (note) =>
    `Single values of ${path(note, 'a list')} are removed by a filter in the path, such as [value eq "x"], and not by a value.`,
  'wrapped-scalar': (note) =>
    `${path(note, 'An attribute')} must be a plain value, without a list or an object around it.`,
} satisfies Readonly<Record<string, Sentence>>

/** The code of a departure from the RFC that is accepted with a note, or refused where the notes are strict. */
export type DepartureCode = keyof typeof sentences

export interface Departure extends Note {
  readonly code: DepartureCode
}

/** The sentence with which a departure is refused. */
export function refusedDeparture(departure: Departure): string {
  const sentence: Sentence = sentences[departure.code]
  return sentence(departure)
}

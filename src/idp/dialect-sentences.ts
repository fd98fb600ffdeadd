import type { Note } from '../scim/note.ts'
import { quote } from './quote.ts'

export type Sentence = (note: Note) => string

/** The path, or a stand-in for it at the beginning of a sentence. */
const subject = (note: Note, otherwise = 'A value') => (note.path === undefined ? otherwise : quote(note.path))
/** `; it was taken as x.`, or a full stop if it is not said as what. */
const taken = (note: Note) =>
  note.taken === undefined ? '.' : `; it was taken as ${note.taken.replaceAll(/\s+/g, ' ')}.`
/** `as the text "x"`, or `as text` if it is not said which. */
const asText = (note: Note) => (note.seen === undefined ? 'as text' : `as the text ${quote(note.seen)}`)
const seen = (note: Note) => (note.seen === undefined ? '' : ` (${quote(note.seen)})`)

/** What was accepted although the RFC says otherwise, or ignored: the notes of reading a request. */
export const dialectSentences: Readonly<Record<string, Sentence>> = {
  'boolean-as-text': (note) => `${subject(note)} came ${asText(note)}${taken(note)}`,
  'number-as-text': (note) => `${subject(note)} came ${asText(note)} instead of a number${taken(note)}`,
  'not-base64': (note) => `${subject(note)} is not base64, as binary values have to be; it was kept as it came.`,
  'text-as-number': (note) => `${subject(note)} came as a number or boolean instead of text${taken(note)}`,
  'date-time-without-zone': (note) => `The time in ${subject(note, 'a value')} names no time zone; UTC was assumed.`,
  'date-without-time': (note) =>
    `${subject(note)} came as a date without a time; it counts as the start of that day in UTC.`,
  'wrapped-scalar': (note) => `${subject(note)} came wrapped in a list or an object${taken(note)}`,
  'name-in-value': (note) =>
    `The value came in an object that names ${subject(note, 'the attribute')} once more; it was taken out of it.`,
  'array-for-single': (note) => `${subject(note)} holds one value but came as a list; the first element was taken.`,
  'single-for-array': (note) => `${subject(note)} is a list but came as one value; it was taken as a list of one.`,
  'bare-value': (note) => `${subject(note)} came as a bare value instead of an object; it was taken as its "value".`,
  'string-for-complex': (note) => `${subject(note)} came as text instead of an object; it was taken as its "value".`,
  'manager-id-key': (note) => `The manager's id came as ${subject(note, '"managerId"')}; it was taken as "value".`,
  'display-name-key': (note) => `${subject(note, 'A display name')} came as "displayName"; it was taken as "display".`,
  'json-text': (note) => `${subject(note)} came as JSON inside a text; it was unpacked.`,
  'several-primary': (note) => `${subject(note)} has more than one primary value; the first one stays primary.`,
  'valueless-element': (note) => `An element of ${subject(note, 'a list')} has no value; it was left out.`,
  'repeated-attribute': (note) =>
    `${subject(note, 'An attribute')} came more than once, spelled in different ways; the last one counted.`,
  'duplicate-values': (note) => `${subject(note)} holds the same value more than once; it was kept once.`,
  'unknown-attribute': (note) => `No schema defines ${subject(note, 'this attribute')}; it was ignored.`,
  'unknown-schema': (note) =>
    `"schemas" names ${note.seen === undefined ? 'one' : quote(note.seen)}, which is no schema of ${note.expected === undefined ? 'such a record' : `a ${note.expected.toLowerCase()}`} here; the name was ignored.`,
  'unknown-attribute-asked': (note) =>
    `No schema defines ${note.seen === undefined ? 'an attribute' : quote(note.seen)}, which ${subject(note, 'the request')} names; it was left out.`,
  'extension-not-declared': (note) =>
    `Data came for ${subject(note, 'an extension')}, which "schemas" does not name; it was accepted.`,
  'former-urn': (note) => `${subject(note)} is what the extension was called before SCIM 2.0${taken(note)}`,
  'dot-after-urn': (note) => `${subject(note)} has a dot instead of a colon after the URN of the schema${taken(note)}`,
  'unqualified-extension-attribute': (note) =>
    `${subject(note)} belongs to an extension but came without its URN; it was taken for the extension's attribute.`,
  'attribute-alias': (note) => `${subject(note)} is no attribute of the schema${taken(note)}`,
  'email-alias': (note) => `${subject(note, '"email"')} is no attribute of the schema; it was taken as "emails.value".`,
  'dotted-key': (note) => `The key ${subject(note, 'of a value')} is a path; it was taken as one.`,
  'read-only-ignored': (note) => `${subject(note)} is set by the service provider alone; what was sent was ignored.`,
  'password-not-kept': () => 'A password was sent; it was ignored, since no passwords are kept here.',
  'op-case': (note) => `The name of the operation${seen(note)} is not in lower case; it was taken nevertheless.`,
  'seeded-from-filter': (note) =>
    `Nothing matched ${subject(note, 'the filter')}; a new value was made from the filter instead of refusing the change.`,
  'scim-1-members': () =>
    'The group was changed in the manner of SCIM 1.1; its members were added and removed as asked.',
  'member-by-type': (note) =>
    `${subject(note, 'The path')} names a type of members; whom the value names was added to the members, and nobody was taken out.`,
  'members-without-path': () => 'The members to add came without a path; they were added to the group.',
  'members-value-remove': () => 'The members to remove came in the value; only those were removed.',
  'values-remove': (note) => `What to remove of ${subject(note, 'a list')} came in the value; only that was removed.`,
  'no-operations': () => 'The list of operations is empty; nothing was changed.',
  'no-change': (note) =>
    note.path === undefined
      ? 'The request asked for what is so already; nothing was changed.'
      : `${quote(note.path)} is so already; nothing was changed.`,
  'unquoted-value': (note) => `A value in the filter came without quotes${seen(note)}; it was taken as text.`,
  'short-sort-order': (note) => `"sortOrder" came as a short form${seen(note)}; it was taken for the whole word.`,
  'unescaped-backslash': (note) =>
    `A value in the filter has a backslash that is not escaped${seen(note)}; it was taken as it is.`,
  'unescaped-quotes': (note) =>
    `A value in the filter has double quotes that are not escaped${seen(note)}; it was read up to the last of them.`,
  'sub-attribute-after-value-filter': (note) =>
    `The filter goes on behind the brackets of ${subject(note, 'a value filter')}; it was taken as part of the brackets.`,
  'patch-schema-missing': () =>
    '"schemas" of the PATCH does not name the PatchOp message; the operations were read nevertheless.',
  'message-schema-missing': (note) =>
    `"schemas" of the message does not name ${note.expected === undefined ? 'its schema' : quote(note.expected)}; the message was read nevertheless.`,
  'repeated-list': (note) => `${subject(note, 'A parameter')} was given more than once; taken as one list.`,
  'repeated-parameter': (note) => `${subject(note, 'A parameter')} was given more than once; the first one counted.`,
  'attributes-and-excluded': () =>
    'Both "attributes" and "excludedAttributes" were given; "attributes" counted and the other was ignored.',
  'fail-on-errors-zero': (note) =>
    `${subject(note, '"failOnErrors"')} is 0; it was taken to mean that no number of failures ends the bulk request.`,
  'count-capped': (note) =>
    `${note.seen ?? 'More'} results were asked for on a page${note.taken === undefined ? ' than the limit allows' : `; the limit is ${note.taken}`}, so the page was cut to it.`,
}

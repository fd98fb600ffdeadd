import { isDateAlone, parseDateTime } from '../date-time.ts'
import { glimpse } from '../text/glimpse.ts'
import { tolerate } from './lenience.ts'
import { invalidValue, type ScimError } from '../error.ts'
import type { Field } from '../model/field.ts'
import type { Notes } from '../note.ts'
import { unreachable } from '../unreachable.ts'

type Scalar = string | number | boolean

/** Coerces a value that is neither array nor object; undefined when it is unassigned. */
export function coerceScalar(field: Field, input: unknown, notes: Notes): Scalar | undefined {
  if (input === '' || input === null || input === undefined || isEmpty(input)) return undefined
  switch (field.attribute.type) {
    case 'string':
    case 'reference':
      return coerceText(field, input, notes)
    case 'binary':
      return coerceBinary(field, input, notes)
    case 'boolean':
      return coerceBoolean(field, input, notes)
    case 'integer':
    case 'decimal':
      return coerceNumber(field, input, notes)
    case 'dateTime':
      return coerceDateTime(field, input, notes)
    case 'complex':
      throw expected(field, 'an object with its sub-attributes', input)
    default:
      return unreachable(field.attribute.type)
  }
}

/** Text that SQLite and every client can carry: without NUL and without half of a surrogate pair. */
export function checkText(field: Field, text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw invalidValue(`"${field.path}" contains a NUL or an incomplete Unicode character.`)
  }
  return text
}

function coerceText(field: Field, input: unknown, notes: Notes): string {
  if (typeof input === 'string') return checkText(field, input)
  const isTextual = typeof input === 'number' ? Number.isFinite(input) : typeof input === 'boolean'
  // No person is called `true`: a name by which a resource is found must not come out of a mapping gone wrong.
  if (!isTextual || (typeof input === 'boolean' && field.attribute.required)) throw expected(field, 'text', input)
  // Digits beyond those of a double are gone: two people could get one identifier.
  if (Number.isInteger(input) && !Number.isSafeInteger(input))
    throw invalidValue(`"${field.path}" is a number too long to be kept digit by digit; send it as text, in quotes.`)
  const text = String(input)
  tolerate(notes, 'text-as-number', field.path, input, text)
  return text
}

/** RFC 4648 §4, of which RFC 7643 §2.3.6 lets the padding be left out. */
function isBase64(text: string): boolean {
  const padding = /^[A-Za-z0-9+/]*(={0,2})$/.exec(text)?.[1]
  return padding === '' ? text.length % 4 !== 1 : padding !== undefined && text.length % 4 === 0
}

/** What is no base64, such as a certificate in PEM, is kept as it was sent, with a note. */
function coerceBinary(field: Field, input: unknown, notes: Notes): string {
  const text = coerceText(field, input, notes)
  if (!isBase64(text)) tolerate(notes, 'not-base64', field.path, text)
  return text
}

function coerceBoolean(field: Field, input: unknown, notes: Notes): boolean {
  if (typeof input === 'boolean') return input
  const text = typeof input === 'string' && input.length <= 5 ? input.toLowerCase() : ''
  if (text !== 'true' && text !== 'false') throw expected(field, 'true or false', input)
  // Entra sends the text "False" unless the tenant URL carries aadOptscim062020.
  tolerate(notes, 'boolean-as-text', field.path, input, text)
  return text === 'true'
}

const numeric = /^-?\d{1,40}(\.\d{1,40})?([eE][-+]?\d{1,3})?$/

function coerceNumber(field: Field, input: unknown, notes: Notes): number {
  const isInteger = field.attribute.type === 'integer'
  const value = typeof input === 'string' && numeric.test(input) ? Number(input) : input
  if (typeof value !== 'number' || !(isInteger ? Number.isSafeInteger(value) : Number.isFinite(value))) {
    throw expected(field, isInteger ? 'a whole number' : 'a number', input)
  }
  if (value !== input) tolerate(notes, 'number-as-text', field.path, input, value)
  return value
}

function coerceDateTime(field: Field, input: unknown, notes: Notes): string {
  // xsd:dateTime (RFC 7643 §2.3.5) may go without a zone, and the text is kept as it was sent.
  if (typeof input !== 'string' || parseDateTime(input, { zone: 'utc' }) === undefined) {
    throw expected(field, 'a date and time such as 2011-05-13T04:42:34Z', input)
  }
  // What Okta and HR systems hold of a day, such as somebody's first one, is a date.
  if (isDateAlone(input)) tolerate(notes, 'date-without-time', field.path, input)
  return input
}

function expected(field: Field, what: string, input: unknown): ScimError {
  return invalidValue(`"${field.path}" must be ${what}; got ${describe(input)}.`)
}

function describe(input: unknown): string {
  if (typeof input === 'string') return `the text "${glimpse(input)}"`
  return typeof input === 'object' ? `an ${glimpse(input)}` : glimpse(input)
}

function isEmpty(input: unknown): boolean {
  if (Array.isArray(input)) return input.length === 0
  return typeof input === 'object' && input !== null && Object.keys(input).length === 0
}

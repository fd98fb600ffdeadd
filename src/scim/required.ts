import { invalidValue } from './error.ts'
import type { Field } from './field.ts'
import type { JsonValue } from './json.ts'

/** Names are keys of an index and stand in one line on a screen. */
const longestName = 1024

/** Checks the value of a required attribute, by which a resource is found: text that is not blank, of a bearable length. */
export function checkRequired(field: Field, value: JsonValue | undefined): void {
  const { path } = field
  if (value === undefined || value === null) throw invalidValue(`"${path}" is required.`)
  if (typeof value !== 'string') return
  if (value.trim() === '') throw invalidValue(`"${path}" must not be blank.`)
  if (value.length > longestName) throw invalidValue(`"${path}" must not be longer than ${longestName} characters.`)
}

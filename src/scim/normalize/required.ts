import { invalidValue } from '../error.ts'
import type { Field } from '../model/field.ts'
import type { JsonValue } from '../json/json.ts'
import { isVisible } from '../text/visible-text.ts'

/** Names are keys of an index and stand in one line on a screen. */
const longestName = 1024

/**
 * Checks the value of a required attribute, by which a resource is found: text of a bearable length that is not blank. RFC 7643 §4.1.1 wants a
 * userName that is not empty; one of zero-width characters is for whoever has to tell people apart.
 */
export function checkRequired(field: Field, value: JsonValue | undefined): void {
  const { path } = field
  if (value === undefined || value === null) throw invalidValue(`"${path}" is required.`)
  if (typeof value !== 'string') return
  if (!isVisible(value)) throw invalidValue(`"${path}" must not be blank: it needs a character that can be seen.`)
  if (value.length > longestName) throw invalidValue(`"${path}" must not be longer than ${longestName} characters.`)
}

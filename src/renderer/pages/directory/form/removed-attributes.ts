import type { JsonValue } from '../../../../contract/resource.ts'
import type { Schema } from '../../../../contract/schemas.ts'
import { valueAt, withValueAt, type Draft, type DraftPath } from './draft.ts'

/** An attribute that was removed while a form with a value of it was open. */
export interface RemovedAttribute {
  readonly path: DraftPath
  readonly name: string
  readonly value: JsonValue
}

/** What stands in a draft under attributes that were there when the form was opened, and are not any more. */
export function removedAttributes(
  before: readonly Schema[],
  now: readonly Schema[],
  draft: Draft,
): readonly RemovedAttribute[] {
  return before.flatMap(({ urn, kind, attributes }) => {
    const left = new Set(now.find((each) => each.urn === urn)?.attributes.map(({ name }) => name))
    return attributes.flatMap(({ name }) => {
      const path = kind === 'core' ? [name] : [urn, name]
      const value = valueAt(draft, path)
      return left.has(name) || value === undefined || value === '' ? [] : [{ path, name, value }]
    })
  })
}

/** The draft without them. */
export function withoutRemoved(draft: Draft, removed: readonly RemovedAttribute[]): Draft {
  return removed.reduce((rest, { path }) => withValueAt(rest, path, undefined), draft)
}

import type { Field } from '../model/field.ts'
import type { Filter } from '../filter/filter.ts'
import type { JsonValue } from '../json/json.ts'

/** What an operation is about: `attr`, `attr.sub`, `attr[filter]` or `attr[filter].sub`, resolved against a model. */
export interface PatchTarget {
  /** As the client wrote it, for error texts. */
  readonly text: string
  readonly field: Field
  /** Relative to one element of `field`. */
  readonly filter: Filter | undefined
  readonly sub: Field | undefined
}

/**
 * One change to one attribute. A client's operation without a path, or on a complex attribute or a whole extension,
 * has become one of these for each attribute that it names; those share its `index`.
 */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: PatchTarget
  /**
   * Coerced to the type of the target. Undefined: `replace` clears, `remove` removes whatever the path leads to.
   * With `remove` it is the list of elements to remove. A null inside an object clears that sub-attribute.
   */
  readonly value: JsonValue | undefined
  /** The place of the client's operation in its list, from 0. */
  readonly index: number
}

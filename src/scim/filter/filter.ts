import type { AttributePath } from '../path/attribute-path.ts'

export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

export type CompareValue = string | number | boolean | null

/**
 * A parsed filter (RFC 7644 §3.4.2.2), its paths resolved against a resource model.
 * `and` and `or` are n-ary and flattened, so that a long chain does not nest.
 * `emails[type eq "work"].value eq "x"`, which Entra sends, is parsed as `emails[type eq "work" and value eq "x"]`.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: CompareOperator
      readonly value: CompareValue
    }
  | { readonly kind: 'present'; readonly path: AttributePath }
  /** The paths inside `filter` are relative to one element of `path`: their `attribute` is a sub-attribute of it, their `sub` is undefined. */
  | { readonly kind: 'valuePath'; readonly path: AttributePath; readonly filter: Filter }

import type { Attribute } from './attribute.ts'

/** A schema definition (RFC 7643 §7). `id` is its URN. */
export interface Schema {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}

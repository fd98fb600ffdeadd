import type { SqlFragment } from '../filter/sql-fragment.ts'

/** A part of what is listed, in the order of an index: by `key`, then by `seq`. */
export interface RosterWalk {
  readonly index: string
  /** Equal to the key of the order in all that the condition holds of. */
  readonly key: string
  /** Implies the condition of the index where that is a partial one. */
  readonly condition: string
}

/** An order in which a table can be walked along indexes. */
export interface RosterOrder {
  readonly key: string
  /** True of all that is listed in this order. */
  readonly condition: string
  /** Each of them is in one of these. */
  readonly walks: readonly RosterWalk[]
  /** Rows without a value come last. */
  readonly isNullable: boolean
}

/** What a search has been turned into. */
export interface RosterPlan {
  readonly table: 'users' | 'groups'
  readonly order: RosterOrder
  readonly descending: boolean
  readonly directoryId: number
  /** What must hold of each row, beside its directory and the condition of the order. */
  readonly conditions: readonly SqlFragment[]
  /** Queries for the `seq` of rows, each of which an index answers and has everything in it that is looked for. */
  readonly sources: readonly SqlFragment[]
  /** How many rows there are without any condition. */
  readonly count: () => number
}

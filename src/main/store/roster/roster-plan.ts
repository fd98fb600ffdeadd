import type { SqlFragment } from '../sql-fragment.ts'

/** An order in which a table can be walked along an index. */
export interface RosterOrder {
  readonly index: string
  readonly key: string
  /** True of all that is listed in this order; where the index is a partial one, its condition. */
  readonly condition: string
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

import { invalidValue } from '../error.ts'
import type { Filter } from '../filter/filter.ts'
import type { JsonObject } from '../json/json.ts'
import { unreachable } from '../unreachable.ts'

/**
 * Bounds how much one PATCH may make the server do: each operation on a multi-valued attribute reads its elements, and
 * many operations times much data must not occupy it.
 */
export interface WorkBudget {
  spend(cost: number): void
}

/** Far beyond any real request: some tens of milliseconds. */
const most = 500_000

/** One for each request. Throws invalidValue once its operations cost more than 500,000 of what `costOf` counts. */
export function createWorkBudget(): WorkBudget {
  let left = most
  return {
    spend(cost) {
      left -= cost
      if (left < 0) throw invalidValue('The operations are too much work; send fewer in one request.')
    },
  }
}

/** What reading these elements costs: one for each, and one for each 64 characters of text in it; for each comparison again. */
export function costOf(elements: readonly JsonObject[], filter: Filter | undefined): number {
  let cost = elements.length
  for (const element of elements) {
    for (const name of Object.keys(element)) {
      const value = element[name]
      if (typeof value === 'string') cost += value.length >> 6
    }
  }
  return filter === undefined ? cost : cost * comparisonsIn(filter)
}

/** How often a filter compares one element. The parser bounds how deep it nests. */
export function comparisonsIn(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.reduce((sum, each) => sum + comparisonsIn(each), 0)
    case 'not':
      return comparisonsIn(filter.operand)
    case 'valuePath':
      return comparisonsIn(filter.filter)
    case 'compare':
    case 'present':
      return 1
    default:
      return unreachable(filter)
  }
}

import { unreachable } from '../unreachable.ts'
import type { Filter } from './filter.ts'

/** What a filter is made of: a comparison, a presence, or what stands in brackets behind a path. */
export type FilterTest = Extract<Filter, { readonly path: unknown }>

/** Whether one of the tests that a filter is made of is meant; what is in brackets is not looked into. */
export function someTest(filter: Filter, isMeant: (test: FilterTest) => boolean): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.some((each) => someTest(each, isMeant))
    case 'not':
      return someTest(filter.operand, isMeant)
    case 'compare':
    case 'present':
    case 'valuePath':
      return isMeant(filter)
    default:
      return unreachable(filter)
  }
}

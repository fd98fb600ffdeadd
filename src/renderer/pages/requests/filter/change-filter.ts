import type { RequestTerm } from '../../../../contract/request-filter.ts'

function isSame(one: RequestTerm, other: RequestTerm): boolean {
  return one.field === other.field && one.value === other.value && one.isExcluded === other.isExcluded
}

/** Narrows a filter: alternatives of the same field would widen it, so they go. */
export function onlyWith(filter: readonly RequestTerm[], term: RequestTerm): readonly RequestTerm[] {
  return [...filter.filter((each) => each.field !== term.field || each.isExcluded), term]
}

/** Leaves something out of what a filter finds. */
export function without(filter: readonly RequestTerm[], term: RequestTerm): readonly RequestTerm[] {
  return [...filter.filter((each) => !isSame(each, term) && !isSame(each, { ...term, isExcluded: false })), term]
}

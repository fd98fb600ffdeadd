import { tooMany } from '../../../scim/error.ts'

/** How many more members of groups and groups of users may be written out; below 0 there were more, and what was written is not whole. */
export interface Allowance {
  left: number
}

/** So many of them are written into one list at most: it is held in memory as a whole, some 200 bytes for each. */
export const mostListed = 1_000_000

export function overfull() {
  return tooMany(
    `The page has more than ${mostListed} members of groups, or groups of users. Ask for fewer resources with "count", or leave those out with "excludedAttributes".`,
  )
}

import type { PreparedList } from '../../store/lists/list-query.ts'
import type { LookupPlace } from '../../store/configuration/lookup-indexes.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { directoryToName } from '../directory-to-name.ts'
import type { Answer } from './answer.ts'
import { mayLearnIndex } from './learned-indexes.ts'
import { placeText } from './place-text.ts'
import type { ReadScope } from './read-scope.ts'

/** Whether to look at everybody, or with `memberships` at every membership, would hold up the endpoint's thread. */
export function isLargeDirectory({ reads, directoryId, limits }: ReadScope, memberships: boolean): boolean {
  const { lists } = reads
  return (
    lists.total(directoryId, kinds.User) > limits.costlyFrom ||
    lists.total(directoryId, kinds.Group) > limits.costlyFrom ||
    (memberships && reads.memberships.areMoreThan(limits.costlyFrom))
  )
}

/** A list that would hold up the thread of the endpoint. */
export interface CostlyList {
  readonly isCostly: true
  /** What an index could be made of, so that it would not. */
  readonly wantedIndex: LookupPlace | undefined
}

export function isCostlyList(answer: Answer | CostlyList): answer is CostlyList {
  return 'isCostly' in answer
}

/** Says that all users are looked at, where an index of an attribute would lead to the few that match. */
export function costlyList({ reads, directoryId, notes }: ReadScope, prepared: PreparedList): CostlyList {
  const wantedIndex = prepared.isBroad ? prepared.wantedIndex?.() : undefined
  if (wantedIndex) {
    const slug = directoryToName(reads, directoryId)
    notes.add({
      step: 'match',
      code: 'all-looked-at',
      path: placeText(wantedIndex),
      count: reads.lists.total(directoryId, kinds.User),
      ...whyWithoutIndex(reads, directoryId, wantedIndex),
      ...(slug === undefined ? {} : { expected: slug }),
    })
  }
  return { isCostly: true, wantedIndex }
}

/** What keeps an index from being used or made, where something does. */
function whyWithoutIndex(
  { lookupIndexes }: ReadScope['reads'],
  directoryId: number,
  place: LookupPlace,
): { readonly seen?: string } {
  const state = lookupIndexes.at(directoryId, place)?.state
  if (state !== undefined) return { seen: state }
  return mayLearnIndex(lookupIndexes.ofDirectory(directoryId)) ? {} : { seen: 'many' }
}

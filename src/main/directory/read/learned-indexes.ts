import type { LookupIndexRow } from '../../store/configuration/lookup-indexes.ts'

/** So many indexes are made by themselves in a directory: each makes every change of a user a little slower. */
const mostLearned = 4

/** Whether another index may be made by itself beside those that a directory has. */
export function mayLearnIndex(known: readonly Pick<LookupIndexRow, 'origin' | 'state'>[]): boolean {
  return known.filter(({ origin, state }) => origin === 'lookups' && state !== 'declined').length < mostLearned
}

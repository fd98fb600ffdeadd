import type { AttributePath } from '../path/attribute-path.ts'
import type { JsonObject } from '../json/json.ts'
import type { SortOrder } from './query.ts'
import { compareSortKeys, sortKeyOf } from './sort.ts'

/** Compares resources by one path (RFC 7644 §3.4.2.3). Ties are the caller's to break. */
export function compareResources(
  path: AttributePath,
  order: SortOrder = 'ascending',
): (a: JsonObject, b: JsonObject) => number {
  const direction = order === 'ascending' ? 1 : -1
  return (a, b) => direction * compareSortKeys(sortKeyOf(path, a), sortKeyOf(path, b))
}

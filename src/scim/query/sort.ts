import { attributeValue, isList, leafOf, ownValue, type AttributePath } from '../path/attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import { parseDateTime } from '../date-time.ts'
import { invalidPath } from '../error.ts'
import { compareByCodePoint, comparisonKey } from '../text/fold.ts'
import type { JsonObject } from '../json/json.ts'
import type { Notes } from '../note.ts'
import { resolveAttributePath } from '../path/parse-attribute-path.ts'
import { isPrimary } from '../primary-element.ts'
import { quoted } from '../text/quoted.ts'
import type { ResourceModel } from '../model/resource-model.ts'

/**
 * Parses `sortBy` (RFC 7644 §3.4.2.3). A bare complex attribute means its `value`.
 * Throws `invalidPath` for an unknown attribute and for one whose values have no order or are never returned.
 */
export function parseSortBy(model: ResourceModel, text: string, notes?: Notes): AttributePath {
  const path = resolveAttributePath(model, text, invalidPath, notes)
  if ('reason' in path) throw invalidPath(path.reason)
  const leaf = path.sub ?? path.attribute
  if (path.attribute.returned === 'never' || leaf.returned === 'never') {
    throw invalidPath(`${quoted(text)} is never returned and cannot be sorted by.`)
  }
  if (leaf.type !== 'complex') return path
  const sub = model.subAttribute(leaf, 'value')
  if (sub) return { ...path, sub }
  throw invalidPath(`${quoted(text)} is complex and has no value to sort by; name one of its sub-attributes.`)
}

/** What a resource is sorted by; undefined for one without the value. */
export type SortKey = string | number | undefined

/** Of a multi-valued attribute the primary value counts, or else the first (RFC 7644 §3.4.2.3). */
export function sortKeyOf(path: AttributePath, resource: JsonObject): SortKey {
  const leaf = leafOf(path)
  return leaf === undefined ? undefined : sortKey(path, leaf, resource)
}

function sortKey(path: AttributePath, leaf: Attribute, resource: JsonObject): SortKey {
  const found = attributeValue(path, resource)
  const element = isList(found) ? (found.find(isPrimary) ?? found[0]) : found
  const value = path.sub ? ownValue(element, path.sub.name) : element
  switch (typeof value) {
    case 'string':
      return leaf.type === 'dateTime' ? parseDateTime(value, { zone: 'utc' }) : comparisonKey(leaf, value)
    case 'number':
      return value
    case 'boolean':
      return Number(value)
    default:
      return undefined
  }
}

/** In ascending order; no value comes last, and so first in descending order (RFC 7644 §3.4.2.3). */
export function compareSortKeys(a: SortKey, b: SortKey): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareByCodePoint(String(a), String(b))
}

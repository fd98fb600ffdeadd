import type { Attribute } from '../../../scim/model/attribute.ts'
import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import type { CompareValue, Filter } from '../../../scim/filter/filter.ts'
import type { LookupPlace, UsableIndex } from '../configuration/lookup-indexes.ts'
import { lookupKey } from '../resources/lookup-key.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import type { FilterScope } from './filter-columns.ts'
import type { SqlFragment } from './sql-fragment.ts'

const indexedTypes: ReadonlySet<Attribute['type']> = new Set(['string', 'reference', 'integer', 'decimal'])

/** What has a column or rows of its own, or says the same of everybody. */
const withoutIndex: ReadonlySet<string> = new Set([
  'id',
  'externalId',
  'userName',
  'displayName',
  'active',
  'meta',
  'emails',
  'groups',
  'schemas',
])

/**
 * Where the values that a path leads to stand, if there can be an index of them: texts and numbers in the documents of users, of several elements
 * their `value`. Undefined for what has a column or a table, and for what has neither.
 */
export function lookupPlaceOf(
  { schema, attribute, sub }: Pick<AttributePath, 'schema' | 'attribute' | 'sub'>,
  model: ResourceModel,
): LookupPlace | undefined {
  if (model.name !== 'User' || !attribute || !schema) return undefined
  const isCore = schema === model.core
  const leaf = sub ?? attribute
  if (!indexedTypes.has(leaf.type) || leaf.returned === 'never' || (leaf.multiValued && sub)) return undefined
  if (attribute.multiValued && sub && sub.name !== 'value') return undefined
  if (isCore && withoutIndex.has(attribute.name)) return undefined
  return { extension: isCore ? '' : schema.id, attribute: attribute.name, sub_attribute: sub?.name ?? '' }
}

/** The index of what a path leads to. */
function indexOf(path: AttributePath, scope: FilterScope): UsableIndex | undefined {
  const place = lookupPlaceOf(path, scope.model)
  return (
    place &&
    scope.indexes?.find(
      ({ extension, attribute, sub_attribute: sub }) =>
        extension === place.extension && attribute === place.attribute && sub === place.sub_attribute,
    )
  )
}

/** A condition that all users meet who have this value at the path, and hardly anybody else; undefined where no index says so. */
function indexLookup(path: AttributePath, value: CompareValue, scope: FilterScope): SqlFragment | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const index = indexOf(path, scope)
  return (
    index && {
      sql: 'users.seq in (select user_seq from lookup_keys where index_id = ? and value_key = ?)',
      params: [index.id, lookupKey(value)],
    }
  )
}

/** The same for a test on the resource: `phoneNumbers[type eq "work" and value eq "1"]` leads to whom `phoneNumbers.value eq "1"` leads to. */
export function indexedTest(filter: Filter, scope: FilterScope): SqlFragment | undefined {
  const test = scope.indexes?.length ? equalityOf(filter) : undefined
  return test && indexLookup(test.path, test.value, scope)
}

/** What has to be equal to what, for a test on the resource to be true. */
export function equalityOf(filter: Filter): { readonly path: AttributePath; readonly value: CompareValue } | undefined {
  if (filter.kind === 'compare') return filter.operator === 'eq' ? filter : undefined
  if (filter.kind !== 'valuePath' || filter.path.sub) return undefined
  const inner = filter.filter.kind === 'and' ? filter.filter.operands : [filter.filter]
  // The `value` of one that is not complex is the attribute itself (RFC 7643 §2.4).
  const isComplex = filter.path.attribute?.type === 'complex'
  for (const each of inner)
    if (each.kind === 'compare' && each.operator === 'eq' && each.path.attribute?.name === 'value')
      return { path: { ...filter.path, sub: isComplex ? each.path.attribute : undefined }, value: each.value }
  return undefined
}

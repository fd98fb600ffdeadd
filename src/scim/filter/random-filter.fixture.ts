import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { leafOf, type AttributePath } from '../path/attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import type { JsonObject, JsonValue } from '../json/json.ts'
import { parseAttributePath } from '../path/parse-attribute-path.ts'
import { customSchemaUrn, sampleModel } from '../model/sample-model.fixture.ts'
import { enterpriseUserSchemaUrn } from '../urn.ts'
import type { CompareOperator, CompareValue, Filter } from './filter.ts'

const texts = ['', 'a', 'A', 'ab', 'ß', 'SS', 'é', 'b"\\c', '😀', '\uFF21', 'x y)]']
const dates = ['2026-01-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z', '2026-06-01T12:00:00.000Z']
const equality: readonly CompareOperator[] = ['eq', 'ne']
const ordering: readonly CompareOperator[] = [...equality, 'gt', 'ge', 'lt', 'le']
const all: readonly CompareOperator[] = [...ordering, 'co', 'sw', 'ew']

const resourcePaths = [
  'id',
  'userName',
  'title',
  'active',
  'profileUrl',
  'name.givenName',
  'emails.type',
  'emails.primary',
  'schemas',
  'meta.created',
  `${enterpriseUserSchemaUrn}:department`,
  'manager.value',
  `${customSchemaUrn}:title`,
  'level',
  'rate',
  'hiredAt',
  'tags',
].map((text) => parseAttributePath(sampleModel, text, { unknown: 'error' }))

const complexPaths = ['emails', 'name', 'manager', 'meta'].map((text) =>
  parseAttributePath(sampleModel, text, { unknown: 'error' }),
)

const emails = parseAttributePath(sampleModel, 'emails', { unknown: 'error' })
const emailPaths = (emails.attribute?.subAttributes ?? []).map((attribute): AttributePath => ({
  text: attribute.name,
  schema: undefined,
  extensionUrn: undefined,
  attribute,
  sub: undefined,
}))

/** A random filter on the sample model, in the form in which the parser returns it. */
export const randomFilter: Arbitrary<Filter> = filterOver(resourcePaths, [
  fc.constantFrom(...complexPaths).map((path): Filter => ({ kind: 'present', path })),
  filterOver(emailPaths, []).map((filter): Filter => ({ kind: 'valuePath', path: emails, filter })),
])

/** A random user of the sample model, whose values come from the same few as those of the filters; some stand where they should not. */
export const randomUser: Arbitrary<JsonObject> = fc
  .record({ core: holder(resourcePaths, undefined), name: fc.option(name(), { nil: undefined }), emails: emailList() })
  .chain(({ core, name: fullName, emails: list }) =>
    fc
      .record({
        [enterpriseUserSchemaUrn]: holder(resourcePaths, enterpriseUserSchemaUrn),
        [customSchemaUrn]: holder(resourcePaths, customSchemaUrn),
      })
      .map((extensions) => Object.assign({}, core, { name: fullName, emails: list }, extensions)),
  )

/** Writes a filter as text that parses to the same filter. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.map((each) => printOperand(each)).join(` ${filter.kind} `)
    case 'not':
      return `not (${printFilter(filter.operand)})`
    case 'present':
      return `${filter.path.text} pr`
    case 'compare':
      return `${filter.path.text} ${filter.operator} ${JSON.stringify(filter.value)}`
    default:
      return `${filter.path.text}[${printFilter(filter.filter)}]`
  }
}

function printOperand(filter: Filter): string {
  return filter.kind === 'and' || filter.kind === 'or' ? `(${printFilter(filter)})` : printFilter(filter)
}

function filterOver(paths: readonly AttributePath[], others: readonly Arbitrary<Filter>[]): Arbitrary<Filter> {
  const test = fc.oneof(fc.constantFrom(...paths).chain(testOf), ...others)
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'filter' },
      test,
      chainOf('and', tie('filter')),
      chainOf('or', tie('filter')),
      tie('filter').map((operand): Filter => ({ kind: 'not', operand })),
    ),
  })).filter
}

function chainOf(kind: 'and' | 'or', operand: Arbitrary<Filter>): Arbitrary<Filter> {
  return fc
    .array(operand, { minLength: 2, maxLength: 3 })
    .map((operands) => ({ kind, operands: operands.flatMap((each) => (each.kind === kind ? each.operands : [each])) }))
}

function testOf(path: AttributePath): Arbitrary<Filter> {
  const leaf = leafOf(path)
  const present: Filter = { kind: 'present', path }
  if (leaf === undefined) return fc.constant(present)
  const compare = fc
    .record({ operator: fc.constantFrom(...operatorsOf(leaf)), value: valueOf(leaf) })
    .map(({ operator, value }): Filter => ({ kind: 'compare', path, operator, value }))
  return fc.oneof({ arbitrary: compare, weight: 4 }, fc.constant(present))
}

function operatorsOf(attribute: Attribute): readonly CompareOperator[] {
  if (attribute.type === 'boolean') return equality
  return attribute.type === 'string' || attribute.type === 'reference' ? all : ordering
}

function valueOf(attribute: Attribute): Arbitrary<CompareValue & JsonValue> {
  if (attribute.type === 'boolean') return fc.boolean()
  if (attribute.type === 'integer') return fc.constantFrom(-1, 0, 7)
  if (attribute.type === 'decimal') return fc.constantFrom(-1.5, 0, 7, 1e21)
  return fc.constantFrom(...(attribute.type === 'dateTime' ? dates : texts))
}

function holder(paths: readonly AttributePath[], extensionUrn: string | undefined): Arbitrary<JsonObject> {
  const here = paths.flatMap((path) => {
    if (path.extensionUrn !== extensionUrn || path.attribute === undefined) return []
    return [[path.attribute.name, maybe(stored(path, path.attribute))] as const]
  })
  return fc.record(Object.fromEntries(here), { requiredKeys: [] })
}

function stored(path: AttributePath, attribute: Attribute): Arbitrary<JsonValue> {
  const leaf = path.sub ?? attribute
  const value: Arbitrary<JsonValue> = path.sub ? fc.record({ [leaf.name]: valueOf(leaf) }) : valueOf(leaf)
  return attribute.multiValued ? fc.array(value, { maxLength: 3 }) : value
}

function name(): Arbitrary<JsonValue> {
  return fc.record(
    { givenName: fc.constantFrom(...texts), familyName: fc.constantFrom(...texts) },
    { requiredKeys: [] },
  )
}

function emailList(): Arbitrary<JsonValue> {
  const entries = emailPaths.flatMap((path) =>
    path.attribute ? [[path.attribute.name, maybe(valueOf(path.attribute))] as const] : [],
  )
  return fc.array(fc.record(Object.fromEntries(entries), { requiredKeys: [] }), { maxLength: 3 })
}

function maybe(value: Arbitrary<JsonValue>): Arbitrary<JsonValue> {
  return fc.oneof({ arbitrary: value, weight: 6 }, fc.constantFrom(null, '', 0))
}

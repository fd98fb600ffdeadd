import { assumedValue, attributeValue, isList, leafOf, ownValue, type AttributePath } from '../path/attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import { parseDateTime } from '../date-time.ts'
import { compareByCodePoint, comparisonKey } from '../text/fold.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import { unreachable } from '../unreachable.ts'
import type { CompareOperator, CompareValue, Filter } from './filter.ts'

/**
 * Whether a resource satisfies a filter. Inside PATCH, `resource` is one element of a multi-valued attribute and the filter
 * a value filter. This is the reference for what a filter means; whatever else evaluates filters gives the same answers:
 *
 * - The **values** of a path are what stands at its attribute, the elements of a list one by one, with the sub-attribute applied
 *   to each; null and missing ones are left out. An unknown attribute has no values. In comparisons a `primary` that is missing is false.
 * - `eq co sw ew gt ge lt le` hold when they hold for **any** value; without values they do not hold.
 * - `ne` holds when there is **no** value, or when any value is not equal. So `emails.type ne "work"` holds for somebody
 *   with a work and a home address; `not (emails.type eq "work")` does not.
 * - **Text** is compared by its `fold`, or as it is when the attribute is caseExact, a reference or binary. Its order is that of
 *   `compareByCodePoint`. **dateTimes** compare as instants in milliseconds, **numbers** as numbers, **booleans** only as equal or not.
 *   Values of different JSON types are unequal and have no order; so is text that is no dateTime where one is compared.
 *   The empty text is a value like any other here: everything contains it.
 * - `pr` holds when a value is **not empty**: null, "", [] and {} are empty, and so is a list or a complex value that holds
 *   nothing but empty ones. `eq null` is parsed as `not (… pr)`, `ne null` as `pr`.
 * - A **value path** holds when one element satisfies the whole inner filter; a single complex value counts as one element, and the value of
 *   a simple attribute as one that has nothing but its `value`.
 * - `not` is plain negation, `and` and `or` are what they seem: there is no third truth value.
 */
export function matches(filter: Filter, resource: JsonObject): boolean {
  return createMatcher(filter)(resource)
}

/** {@link matches} prepared for many resources: the filter's own values are folded and parsed once. */
export function createMatcher(filter: Filter): (resource: JsonObject) => boolean {
  switch (filter.kind) {
    case 'and': {
      const operands = filter.operands.map(createMatcher)
      return (resource) => operands.every((operand) => operand(resource))
    }
    case 'or': {
      const operands = filter.operands.map(createMatcher)
      return (resource) => operands.some((operand) => operand(resource))
    }
    case 'not': {
      const operand = createMatcher(filter.operand)
      return (resource) => !operand(resource)
    }
    case 'present':
      return (resource) => someValue(filter.path, resource, isPresent)
    case 'valuePath': {
      const inner = createMatcher(filter.filter)
      const isComplex = filter.path.attribute?.type === 'complex'
      return (resource) =>
        someElement(attributeValue(filter.path, resource), (each) =>
          isComplex ? isJsonObject(each) && inner(each) : inner({ value: each }),
        )
    }
    case 'compare':
      return comparisonMatcher(filter.path, filter.operator, filter.value)
    default:
      return unreachable(filter)
  }
}

/** Whether a value counts as assigned (RFC 7643 §2.5): null, "", [] and {} do not. */
export function isPresent(value: JsonValue | undefined): boolean {
  return isPresentAt(value, 0)
}

/** SCIM data is a list of objects with lists of values at its deepest; what is nested deeper is malice, and something. */
const deepest = 8

function isPresentAt(value: JsonValue | undefined, depth: number): boolean {
  if (value === undefined || value === null || value === '') return false
  if (typeof value !== 'object' || depth === deepest) return true
  const parts = isList(value) ? value : Object.values(value)
  return parts.some((part) => isPresentAt(part, depth + 1))
}

type Test = (value: JsonValue) => boolean

function comparisonMatcher(
  path: AttributePath,
  operator: CompareOperator,
  value: CompareValue,
): (resource: JsonObject) => boolean {
  const leaf = leafOf(path)
  if (leaf === undefined) return () => operator === 'ne'
  const assumed = assumedValue(path)
  if (operator !== 'ne') {
    const test = valueTest(leaf, operator, value)
    return (resource) => someValue(path, resource, test, assumed)
  }
  const isEqual = valueTest(leaf, 'eq', value)
  const isUnequal: Test = (each) => !isEqual(each)
  return (resource) => !someValue(path, resource, exists, assumed) || someValue(path, resource, isUnequal, assumed)
}

const exists: Test = () => true
const never: Test = () => false

/** Whether a test holds for any value of the path; `assumed` is what counts where one is missing. */
function someValue(path: AttributePath, resource: JsonObject, test: Test, assumed?: JsonValue): boolean {
  const sub = path.sub
  const value = attributeValue(path, resource)
  if (sub === undefined) return someElement(value ?? assumed, test)
  return someElement(value, (each) => someElement(ownValue(each, sub.name) ?? assumed, test))
}

function someElement(value: JsonValue | undefined, test: Test): boolean {
  if (value === undefined || value === null) return false
  if (isList(value)) return value.some((each) => each !== null && test(each))
  return test(value)
}

function valueTest(leaf: Attribute, operator: Exclude<CompareOperator, 'ne'>, expected: CompareValue): Test {
  if (typeof expected === 'string') {
    if (leaf.type === 'dateTime') return dateTimeTest(operator, expected)
    return textTest(leaf, operator, expected)
  }
  if (typeof expected === 'number') {
    return (value) => typeof value === 'number' && holds(operator, value - expected)
  }
  return operator === 'eq' ? (value) => value === expected : never
}

function dateTimeTest(operator: Exclude<CompareOperator, 'ne'>, expected: string): Test {
  const instant = parseDateTime(expected, { zone: 'utc' })
  if (instant === undefined) return never
  return (value) => {
    const seen = typeof value === 'string' ? parseDateTime(value, { zone: 'utc' }) : undefined
    return seen !== undefined && holds(operator, seen - instant)
  }
}

function textTest(leaf: Attribute, operator: Exclude<CompareOperator, 'ne'>, expected: string): Test {
  const key = comparisonKey(leaf, expected)
  switch (operator) {
    case 'eq':
      return (value) => typeof value === 'string' && (value === expected || comparisonKey(leaf, value) === key)
    case 'co':
      return (value) => typeof value === 'string' && comparisonKey(leaf, value).includes(key)
    case 'sw':
      return (value) => typeof value === 'string' && comparisonKey(leaf, value).startsWith(key)
    case 'ew':
      return (value) => typeof value === 'string' && comparisonKey(leaf, value).endsWith(key)
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return (value) =>
        typeof value === 'string' && holds(operator, compareByCodePoint(comparisonKey(leaf, value), key))
    default:
      return unreachable(operator)
  }
}

/** Whether the operator holds for two values whose difference has this sign. */
function holds(operator: Exclude<CompareOperator, 'ne'>, difference: number): boolean {
  switch (operator) {
    case 'eq':
      return difference === 0
    case 'gt':
      return difference > 0
    case 'ge':
      return difference >= 0
    case 'lt':
      return difference < 0
    case 'le':
      return difference <= 0
    case 'co':
    case 'sw':
    case 'ew':
      return false
    default:
      return unreachable(operator)
  }
}

import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type { Attribute } from '../../../scim/model/attribute.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../scim/json/json.ts'
import { commonAttributes, type ResourceModel } from '../../../scim/model/resource-model.ts'
import { instants, numbers, texts } from './random-directory.fixture.ts'

/** A filter whose paths and values are still numbers: they are chosen when the directory is known that they are to be about. */
export type FilterPlan =
  | {
      readonly kind: 'test'
      readonly path: number
      readonly operator: number
      readonly value: number
      readonly cut: number
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterPlan[] }
  | { readonly kind: 'not'; readonly part: FilterPlan }
  | { readonly kind: 'within'; readonly path: number; readonly part: FilterPlan }

const pick = fc.nat({ max: 10_000 })
const test: Arbitrary<FilterPlan> = fc.record({
  kind: fc.constant('test'),
  path: pick,
  operator: pick,
  value: pick,
  cut: pick,
})

export const randomFilterPlan: Arbitrary<FilterPlan> = planOf(
  fc.record({ kind: fc.constant('within'), path: pick, part: planOf(test) }),
)

function planOf(within: Arbitrary<FilterPlan>): Arbitrary<FilterPlan> {
  return fc.letrec<{ plan: FilterPlan }>((tie) => {
    const parts = fc.array(tie('plan'), { minLength: 2, maxLength: 3 })
    return {
      plan: fc.oneof(
        { maxDepth: 2 },
        { arbitrary: test, weight: 3 },
        within,
        parts.map((several): FilterPlan => ({ kind: 'and', parts: several })),
        parts.map((several): FilterPlan => ({ kind: 'or', parts: several })),
        tie('plan').map((part): FilterPlan => ({ kind: 'not', part })),
      ),
    }
  }).plan
}

interface Path {
  readonly text: string
  readonly leaf: Attribute
  /** Where the values are found in a resource. */
  readonly keys: readonly string[]
}

/** What cannot be asked for, since it is never returned. */
const unanswerable: ReadonlySet<string> = new Set(['password'])

/** Every path of a model, sub-attributes included. */
export function pathsOf(model: ResourceModel): readonly Path[] {
  const core = [...commonAttributes, ...model.core.attributes].map((each) => pathsUnder(each, '', []))
  const extensions = model.extensions.flatMap(({ id, attributes }) =>
    attributes.map((each) => pathsUnder(each, `${id}:`, [id])),
  )
  return [...core, ...extensions].flat().filter((each) => !unanswerable.has(each.text))
}

function pathsUnder(attribute: Attribute, prefix: string, keys: readonly string[]): readonly Path[] {
  const own = { text: `${prefix}${attribute.name}`, leaf: attribute, keys: [...keys, attribute.name] }
  const subs = (attribute.subAttributes ?? []).map((sub) => ({
    text: `${own.text}.${sub.name}`,
    leaf: sub,
    keys: [...own.keys, sub.name],
  }))
  return [own, ...subs]
}

function valuesAt(value: JsonValue | undefined, keys: readonly string[]): readonly (string | number | boolean)[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => valuesAt(each, keys))
  if (value === undefined || value === null) return []
  const [key, ...rest] = keys
  if (key === undefined) return typeof value === 'object' ? [] : [value]
  return isJsonObject(value) ? valuesAt(value[key], rest) : []
}

function chosen<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

const equality = ['eq', 'ne', 'pr']
const ordering = [...equality, 'gt', 'ge', 'lt', 'le']
const textual = [...ordering, 'co', 'sw', 'ew']

function operatorsOf({ leaf }: Path): readonly string[] {
  const isBare = leaf.type === 'complex' && !leaf.subAttributes?.some((each) => each.name === 'value')
  if (isBare) return ['pr']
  if (leaf.type === 'boolean') return equality
  if (leaf.type === 'binary') return ['eq', 'ne', 'pr', 'co', 'sw', 'ew']
  const value = leaf.subAttributes?.find((each) => each.name === 'value')
  if (value?.type === 'binary') return ['eq', 'ne', 'pr', 'co']
  return leaf.type === 'integer' || leaf.type === 'decimal' || leaf.type === 'dateTime' ? ordering : textual
}

/** A value that the directory has at this path, or one that might be taken for it. */
function literal(
  path: Path,
  plan: { readonly value: number; readonly cut: number },
  resources: readonly JsonObject[],
): string {
  const { leaf } = path
  if (leaf.type === 'boolean') return String(plan.value % 2 === 0)
  const keys = leaf.type === 'complex' ? [...path.keys, 'value'] : path.keys
  const present = resources.flatMap((each) => valuesAt(each, keys))
  if (leaf.type === 'integer' || leaf.type === 'decimal')
    return JSON.stringify(chosen([...present, ...numbers], plan.value))
  if (leaf.type === 'dateTime') return JSON.stringify(chosen([...present, ...instants], plan.value))
  const whole = String(chosen([...present, ...present, ...texts, '', 'null', 'urn:x'], plan.value))
  // Cut between code points: half of a surrogate pair is no text that could be stored.
  const characters = Array.from(whole)
  const cuts = [
    whole,
    whole,
    whole.toUpperCase(),
    whole.toLowerCase(),
    characters.slice(0, 2).join(''),
    characters.slice(-2).join(''),
  ]
  return JSON.stringify(chosen(cuts, plan.cut))
}

/** A value filter asks the elements of such an attribute for their `value`. */
function isSimpleList(attribute: Attribute): boolean {
  return attribute.multiValued && attribute.type !== 'complex'
}

/** Writes a plan as a filter on resources of this model. */
export function filterText(plan: FilterPlan, model: ResourceModel, resources: readonly JsonObject[]): string {
  return write(plan, pathsOf(model), model, resources)
}

function write(
  plan: FilterPlan,
  paths: readonly Path[],
  model: ResourceModel,
  resources: readonly JsonObject[],
): string {
  switch (plan.kind) {
    case 'test': {
      const path = chosen(paths, plan.path)
      const operator = chosen(operatorsOf(path), plan.operator)
      return operator === 'pr' ? `${path.text} pr` : `${path.text} ${operator} ${literal(path, plan, resources)}`
    }
    case 'and':
    case 'or':
      return plan.parts.map((each) => `(${write(each, paths, model, resources)})`).join(` ${plan.kind} `)
    case 'not':
      return `not (${write(plan.part, paths, model, resources)})`
    case 'within': {
      const path = chosen(
        pathsOf(model).filter(({ leaf }) => leaf.type === 'complex' || isSimpleList(leaf)),
        plan.path,
      )
      const inner = (path.leaf.subAttributes ?? []).filter((sub) => !unanswerable.has(`${path.text}.${sub.name}`))
      const relative = isSimpleList(path.leaf)
        ? [{ text: 'value', leaf: path.leaf, keys: path.keys }]
        : inner.map((sub): Path => ({ text: sub.name, leaf: sub, keys: [...path.keys, sub.name] }))
      return `${path.text}[${write(plan.part, relative, model, resources)}]`
    }
    default:
      throw new Error('an unknown plan')
  }
}

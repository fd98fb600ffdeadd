import type { Attribute } from '../../../scim/model/attribute.ts'
import { isList } from '../../../scim/path/attribute-path.ts'
import { ScimError } from '../../../scim/error.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../scim/json/json.ts'
import { normalizeResource } from '../../../scim/normalize/normalize.ts'
import { createNotes } from '../../../scim/note.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import type { Schema } from '../../../scim/model/schema.ts'
import type { FieldProblem } from '../refusal.ts'

/** What is wrong with a resource; undefined when nothing is. */
function problemOf(model: ResourceModel, resource: JsonObject): string | undefined {
  try {
    normalizeResource(model, resource, { notes: createNotes(), purpose: 'replace' })
    return undefined
  } catch (error) {
    if (error instanceof ScimError) return error.detail
    throw error
  }
}

interface Probe {
  readonly path: string
  readonly value: JsonValue | undefined
  /** What the schema says about it: an attribute, one element of one, or a whole extension. Undefined for what it does not know. */
  readonly definition: Attribute | Schema | undefined
  /** The resource with this part of it alone. */
  around(value: JsonValue | undefined): JsonObject
}

function isSchema(definition: Attribute | Schema): definition is Schema {
  return 'attributes' in definition
}

function partsOf(model: ResourceModel, { path, value, definition, around }: Probe): readonly Probe[] {
  if (!definition) return []
  const inObject = (mark: string, definitionOf: (name: string) => Attribute | undefined) =>
    Object.entries(isJsonObject(value) ? value : {}).map(([name, each]) => ({
      path: `${path}${mark}${name}`,
      value: each,
      definition: definitionOf(name),
      around: (part: JsonValue | undefined) => around({ [name]: part }),
    }))
  if (isSchema(definition)) return inObject(':', (name) => model.attribute(definition, name))
  if (definition.multiValued && isList(value))
    return value.map((each, n) => ({
      path: `${path}[${n}]`,
      value: each,
      definition: { ...definition, multiValued: false },
      around: (part) => around([part ?? null]),
    }))
  if (definition.type !== 'complex') return []
  return inObject('.', (name) => definition.subAttributes?.find((each) => each.name === name))
}

/** The smallest parts of a part in which something is wrong. */
function problemsIn(model: ResourceModel, probe: Probe): readonly FieldProblem[] {
  const problem = problemOf(model, probe.around(probe.value))
  if (problem === undefined) return []
  const inner = partsOf(model, probe).flatMap((each) => problemsIn(model, each))
  return inner.length > 0 ? inner : [{ path: probe.path, problem }]
}

/**
 * Everything that is wrong with a resource, each where it is: `emails[1].value`, `urn:…:User:department`. Rules of the whole directory, such
 * as names that must be unique, are not looked at.
 */
export function resourceProblems(model: ResourceModel, resource: JsonObject): readonly FieldProblem[] {
  const whole = problemOf(model, resource)
  if (whole === undefined) return []
  // A name of which nothing can be wrong stands in for the required ones while another part is looked at.
  const required = Object.fromEntries(
    model.core.attributes.filter((each) => each.required).map((each) => [each.name, 'x']),
  )
  const missing = Object.keys(required)
    .filter((name) => resource[name] === undefined || resource[name] === null || resource[name] === '')
    .map((path) => ({ path, problem: problemOf(model, { ...required, [path]: null }) ?? whole }))
  const wrong = Object.entries(resource)
    .filter(([name]) => !missing.some(({ path }) => path === name))
    .flatMap(([path, value]) =>
      problemsIn(model, {
        path,
        value,
        definition: model.attribute(model.core, path) ?? model.schema(path),
        around: (part) => ({ ...required, [path]: part }),
      }),
    )
  const found = [...missing, ...wrong]
  return found.length > 0 ? found : [{ path: '', problem: whole }]
}

import { fieldsOf } from './field.ts'
import type { Resource } from '../json/json.ts'
import type { ResourceModel } from './resource-model.ts'

/** The `schemas` of a resource: its core schema, and the extensions that it has data in (RFC 7643 §3). */
export function schemasOf(model: ResourceModel, resource: Resource): readonly string[] {
  let urns: string[] | undefined
  for (const schema of model.extensions) {
    if (resource[schema.id] === undefined) continue
    urns ??= [model.core.id]
    urns.push(schema.id)
  }
  return urns ?? fieldsOf(model).coreSchemas
}

import type { RosterUser } from '../store/rosters.ts'
import { ownValue } from '../../scim/attribute-path.ts'
import type { Attribute } from '../../scim/attribute.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../scim/json.ts'
import type { ResourceModel } from '../../scim/resource-model.ts'
import { columnName } from '../import/csv-column.ts'

/** One user's cells by column name, and how many of its values no column can hold. */
export interface ExportedCells {
  readonly cells: ReadonlyMap<string, string>
  readonly left: number
}

/** A user as the cells of a CSV file. Two values of the same type share a column, so that only the first is in it. */
export function exportedCells(model: ResourceModel, user: RosterUser): ExportedCells {
  const document: unknown = JSON.parse(user.doc)
  const cells = new Map<string, string>()
  let left = 0

  function put(name: string, value: JsonValue | undefined): void {
    if (value === undefined || value === null || value === '') return
    if (typeof value === 'object' || cells.has(name)) left += 1
    else cells.set(name, String(value))
  }

  function putElement(extensionUrn: string | undefined, attribute: Attribute, value: JsonValue): void {
    if (!isJsonObject(value))
      return put(columnName({ extensionUrn, attribute, sub: undefined, elementType: undefined }), value)
    const type = attribute.multiValued ? ownValue(value, 'type') : undefined
    const elementType = typeof type === 'string' ? type : undefined
    // A type that cannot stand between quotes would make a header that nobody can read back.
    if (elementType !== undefined && !/^[^"\\]{1,100}$/.test(elementType)) {
      left += 1
      return
    }
    for (const sub of attribute.subAttributes ?? []) {
      if (sub.mutability === 'readOnly' || (attribute.multiValued && sub.name === 'type')) continue
      put(columnName({ extensionUrn, attribute, sub: sub.name, elementType }), ownValue(value, sub.name))
    }
  }

  function putAll(extensionUrn: string | undefined, attributes: readonly Attribute[], holder: JsonObject): void {
    for (const attribute of attributes) {
      const value = ownValue(holder, attribute.name)
      if (value === undefined || attribute.mutability === 'readOnly') continue
      if (attribute.multiValued && attribute.type === 'complex' && Array.isArray(value))
        for (const each of value) putElement(extensionUrn, attribute, each)
      else if (Array.isArray(value))
        put(
          columnName({ extensionUrn, attribute, sub: undefined, elementType: undefined }),
          value.map(String).join('\n'),
        )
      else putElement(extensionUrn, attribute, value)
    }
  }

  if (isJsonObject(document)) {
    putAll(undefined, model.core.attributes, document)
    for (const schema of model.extensions) {
      const holder = ownValue(document, schema.id)
      if (isJsonObject(holder)) putAll(schema.id, schema.attributes, holder)
    }
  }
  cells.set('active', String(user.active === 1))
  cells.set('role', user.role)
  return { cells, left }
}

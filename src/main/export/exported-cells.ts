import { shownDocument } from '../directory/user-document.ts'
import type { RosterUser } from '../store/roster/rosters.ts'
import { isList, ownValue } from '../../scim/path/attribute-path.ts'
import type { Attribute } from '../../scim/model/attribute.ts'
import { fold } from '../../scim/text/fold.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../scim/json/json.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import { columnName } from '../import/csv-column.ts'

/** One user's cells by column name, and how many of its values no column can hold. */
export interface ExportedCells {
  readonly cells: ReadonlyMap<string, string>
  readonly left: number
}

/** Whether a value of a simple attribute that has several comes back from a cell in which they stand below each other. */
function isLine(text: string): boolean {
  return text === text.trim() && !/[\r\n]/.test(text)
}

/**
 * A user as the cells of a CSV file. Elements of the same type would share their columns, so that only the first is in it, as a whole; of
 * an attribute whose values an import would take apart, none is.
 */
export function exportedCells(model: ResourceModel, user: RosterUser): ExportedCells {
  const document = shownDocument(user)
  const cells = new Map<string, string>()
  let left = 0

  function put(name: string, value: JsonValue | undefined): void {
    if (value === undefined || value === null || value === '') return
    if (typeof value === 'object') left += 1
    else cells.set(name, String(value))
  }

  function putElement(
    extensionUrn: string | undefined,
    attribute: Attribute,
    value: JsonObject,
    elementType: string | undefined,
  ): void {
    for (const sub of attribute.subAttributes ?? []) {
      if (sub.mutability === 'readOnly' || (attribute.multiValued && sub.name === 'type')) continue
      put(columnName({ extensionUrn, attribute, sub: sub.name, elementType }), ownValue(value, sub.name))
    }
  }

  function putElements(extensionUrn: string | undefined, attribute: Attribute, values: readonly JsonValue[]): void {
    const types = new Set<string | undefined>()
    for (const value of values) {
      const type = isJsonObject(value) ? ownValue(value, 'type') : undefined
      const elementType = typeof type === 'string' ? type : undefined
      // An import tells elements apart by their type, whatever its letter case.
      const key = elementType === undefined ? undefined : fold(elementType)
      // A type that cannot stand between quotes would make a header that nobody can read back.
      const isReadable = elementType === undefined || /^[^"\\]{1,100}$/.test(elementType)
      if (!isJsonObject(value) || types.has(key) || !isReadable) left += 1
      else putElement(extensionUrn, attribute, value, elementType)
      types.add(key)
    }
  }

  function putAll(extensionUrn: string | undefined, attributes: readonly Attribute[], holder: JsonObject): void {
    for (const attribute of attributes) {
      const value = ownValue(holder, attribute.name)
      if (value === undefined || attribute.mutability === 'readOnly') continue
      const name = columnName({ extensionUrn, attribute, sub: undefined, elementType: undefined })
      if (isJsonObject(value)) putElement(extensionUrn, attribute, value, undefined)
      else if (!isList(value)) put(name, value)
      else if (attribute.type === 'complex') putElements(extensionUrn, attribute, value)
      else if (value.map(String).every(isLine)) put(name, value.map(String).join('\n'))
      else left += value.length
    }
  }

  putAll(undefined, model.core.attributes, document)
  for (const schema of model.extensions) {
    const holder = ownValue(document, schema.id)
    if (isJsonObject(holder)) putAll(schema.id, schema.attributes, holder)
  }
  cells.set('active', String(user.active === 1))
  cells.set('role', user.role)
  return { cells, left }
}

import type { ImportedUser } from '../administration/records/import-users.ts'
import { Refusal } from '../administration/refusal.ts'
import type { Role } from '../store/resources/users.ts'
import { isJsonObject, type JsonValue } from '../../scim/json/json.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import { textOfCell } from '../text/csv-cell.ts'
import { parseCsvColumn, type CsvColumn, type ValueTarget } from './csv-column.ts'
import { BadLine } from './bad-line.ts'
import type { CsvRecord } from '../text/csv-records.ts'

/** Spreadsheets also save the columns at the right that were emptied: they have no name. */
function namedCells({ cells }: CsvRecord): readonly string[] {
  const named = cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
  const nameless = named.indexOf('')
  if (nameless >= 0)
    throw new Refusal(`Column ${nameless + 1} has no name. Name it in the first line, or delete the column.`)
  return named
}

/** Reads the header of an import. Throws `Refusal` for an unknown, nameless or repeated column, or when userName is missing. */
export function parseHeader(model: ResourceModel, header: CsvRecord): readonly CsvColumn[] {
  const columns = namedCells(header).map((cell) => parseCsvColumn(model, textOfCell(cell)))
  const names = new Set<string>()
  for (const { name } of columns) {
    if (names.has(name)) throw new Refusal(`The column "${name}" stands there twice.`)
    names.add(name)
  }
  if (!names.has('userName')) throw new Refusal('There is no column "userName", by which users are told apart.')
  return columns
}

const roles: ReadonlyMap<string, Role> = new Map([
  ['user', 'user'],
  ['user-manager', 'user-manager'],
  ['administrator', 'administrator'],
])

function roleOf(line: number, cell: string): Role {
  const role = roles.get(cell.toLowerCase().replaceAll(/[\s_]+/g, '-'))
  if (role === undefined)
    throw new BadLine(line, `"${cell.slice(0, 50)}" is no role. Write user, user-manager or administrator.`)
  return role
}

type Draft = Record<string, JsonValue>

function put(into: Draft, { attribute, sub, elementType }: ValueTarget, text: string): void {
  const key = attribute.name
  if (sub === undefined) {
    // Several values of one attribute stand below each other in their cell.
    into[key] = attribute.multiValued ? text.split('\n').map((each) => each.trim()) : text
    return
  }
  const part = { [sub]: text }
  if (!attribute.multiValued) {
    const before = into[key]
    into[key] = isJsonObject(before) ? { ...before, ...part } : part
    return
  }
  const elements: readonly JsonValue[] = Array.isArray(into[key]) ? into[key] : []
  const at = elements.findIndex((each) => typeOf(each) === elementType)
  if (at < 0) into[key] = [...elements, elementType === undefined ? part : { type: elementType, ...part }]
  else into[key] = elements.map((each, n) => (n === at && isJsonObject(each) ? { ...each, ...part } : each))
}

function typeOf(element: JsonValue): unknown {
  return isJsonObject(element) ? element['type'] : undefined
}

/** The user that one line describes. An empty cell says nothing. Throws `BadLine`. */
export function importedUser(columns: readonly CsvColumn[], { line, cells }: CsvRecord): ImportedUser {
  if (cells.slice(columns.length).some((cell) => cell !== ''))
    throw new BadLine(line, `It has ${cells.length} cells; the header has ${columns.length}.`)
  const resource: Draft = {}
  const extensions = new Map<string, Draft>()
  let role: Role | undefined
  for (const [n, { target }] of columns.entries()) {
    const text = textOfCell(cells[n] ?? '')
    if (text === '') continue
    if (target === 'role') {
      role = roleOf(line, text)
      continue
    }
    const { extensionUrn } = target
    if (extensionUrn === undefined) put(resource, target, text)
    else {
      const extension = extensions.get(extensionUrn) ?? {}
      extensions.set(extensionUrn, extension)
      put(extension, target, text)
    }
  }
  return { line, resource: { ...resource, ...Object.fromEntries(extensions) }, role }
}

import { inAnyCase } from '../../../scim/json/in-any-case.ts'
import { readJsonText } from '../../../scim/json/json-text.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../scim/json/json.ts'

/** One change of a PATCH as its body describes it, whatever became of it. */
export interface Change {
  readonly op: 'add' | 'remove' | 'replace'
  /** The attribute in lower case, without URN, filter and sub-attribute. */
  readonly attribute: string
  /** What stands between the brackets of the path; undefined without any. */
  readonly filter: string | undefined
  readonly value: unknown
  /** It is the whole of an operation with a path, and no part of an object that may repeat what is so already. */
  readonly isByPath: boolean
}

/** The changes of a PATCH body (RFC 7644 §3.5.2), read as leniently as the endpoint reads it; those of SCIM 1.1 to members too. */
export function changesOf(body: JsonValue | undefined): readonly Change[] {
  if (!isJsonObject(body)) return []
  const operations = inAnyCase(body, 'Operations')
  if (operations === undefined) return scim1ChangesOf(body)
  return Array.isArray(operations) ? operations.filter(isJsonObject).flatMap(changesOfOperation) : []
}

/** A path-less operation is one change for each of its keys. */
function changesOfOperation(operation: JsonObject): readonly Change[] {
  const op = opOf(inAnyCase(operation, 'op'))
  const path = inAnyCase(operation, 'path')
  const value = inAnyCase(operation, 'value')
  if (op === undefined) return []
  if (typeof path === 'string' && path !== '')
    return changesAt(op, path, value).map((each) => ({ ...each, isByPath: true }))
  if (areMembers(value)) return [changeAt(op, 'members', value)]
  return changesIn(value, (key, each) => changesAt(op, key, each))
}

/** Members without a path: no resource has an attribute "value". */
function areMembers(value: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.length > 0 && list.every((each) => isJsonObject(each) && inAnyCase(each, 'value') !== undefined)
}

function changesIn(value: unknown, read: (key: string, value: unknown) => readonly Change[]): readonly Change[] {
  const element: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  const object = isJsonObject(element) ? element : readJsonText(element)
  if (!isJsonObject(object)) return []
  return Object.entries(object).flatMap(([key, each]) => (isOnlyContext(key) ? [] : read(key, each)))
}

function changesAt(op: Change['op'], path: string, value: unknown): readonly Change[] {
  if (namesSchema(path) && isJsonObject(value)) return changesIn(value, (key, each) => [changeAt(op, key, each)])
  return [changeAt(op, path, value)]
}

function changeAt(op: Change['op'], path: string, value: unknown): Change {
  const open = path.indexOf('[')
  const filter = open < 0 ? undefined : path.slice(open + 1, path.lastIndexOf(']'))
  const attribute = attributeOf(open < 0 ? path : path.slice(0, open))
  return { op, attribute, filter, value: plainly(attribute, value), isByPath: false }
}

/** The value itself where it came as JSON in a text, or in an object that names the attribute once more. */
function plainly(attribute: string, value: unknown): unknown {
  const read = readJsonText(value) ?? value
  if (!isJsonObject(read)) return read
  const [key, ...others] = Object.keys(read)
  return key !== undefined && others.length === 0 && key.toLowerCase() === attribute ? read[key] : read
}

/** The URN of a schema ends in the name of the resource type, which is no attribute. */
function namesSchema(path: string): boolean {
  return /^urn:[^[]*:(?:user|group)$/i.test(path)
}

/** Okta repeats the id, and others the schemas, in the value of a path-less operation. */
function isOnlyContext(key: string): boolean {
  return key === 'id' || key === 'schemas' || key === 'meta'
}

function opOf(op: JsonValue | undefined): Change['op'] | undefined {
  const lower = typeof op === 'string' ? op.toLowerCase() : ''
  return lower === 'add' || lower === 'remove' || lower === 'replace' ? lower : undefined
}

function attributeOf(path: string): string {
  // Some write a dot behind the URN: `urn:…:User.manager`.
  const local = path.slice(path.lastIndexOf(':') + 1).replace(path.includes(':') ? /^(?:user|group)\./i : '', '')
  return (local.split('.', 1)[0] ?? '').trim().toLowerCase()
}

/** `{"members":[{"value":"id","operation":"delete"}]}`, as OneLogin's documentation prints it. */
function scim1ChangesOf(body: JsonObject): readonly Change[] {
  const members = inAnyCase(body, 'members')
  const list = Array.isArray(members) ? members : isJsonObject(members) ? [members] : []
  const isReplaced = takesMembersAway(inAnyCase(body, 'meta'))
  if (list.length === 0 && !isReplaced) return []
  const name = inAnyCase(body, 'displayName')
  return [
    changeAt(
      isReplaced ? 'replace' : 'add',
      'members',
      list.filter((each) => !isRemoved(each)),
    ),
    changeAt('remove', 'members', list.filter(isRemoved)),
    ...(name === undefined ? [] : [changeAt('replace', 'displayName', name)]),
  ]
}

/** `"meta":{"attributes":["members"]}`: SCIM 1.1 has them go before those in the body come. */
function takesMembersAway(meta: JsonValue | undefined): boolean {
  const named = isJsonObject(meta) ? inAnyCase(meta, 'attributes') : undefined
  return Array.isArray(named) && named.some((each) => typeof each === 'string' && attributeOf(each) === 'members')
}

function isRemoved(member: JsonValue): boolean {
  const operation = isJsonObject(member) ? inAnyCase(member, 'operation') : undefined
  return typeof operation === 'string' && /^(?:delete|remove)$/i.test(operation)
}

/** Truth as IdPs write it: false, "False", [{"value": "False"}]. */
export function truthOf(value: unknown): boolean | undefined {
  const inner = unwrapped(value)
  if (typeof inner === 'boolean') return inner
  const lower = typeof inner === 'string' ? inner.toLowerCase() : ''
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

/** Whether a value clears what it is given to: null, "", [], {"value": ""}, [{"value": null}]. */
export function isNothing(value: unknown): boolean {
  const inner = unwrapped(value)
  return inner === null || inner === '' || (Array.isArray(inner) && inner.length === 0)
}

/** What is in a list of one, an object with a `value`, or such an object in such a list; anything else as it is. */
function unwrapped(value: unknown): unknown {
  const element: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  return isJsonObject(element) ? inAnyCase(element, 'value') : element
}

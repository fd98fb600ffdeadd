import { conflict } from '../error.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import type { Attribute } from '../model/attribute.ts'
import { shown } from '../note.ts'
import { enterpriseUserSchema } from '../schemas/enterprise-user.ts'
import { groupSchema } from '../schemas/group.ts'
import { userSchema } from '../schemas/user.ts'

const prefix = 'bulkId:'

/** Names of attributes whose text refers to nothing, whatever it begins with: all that hold text but `value`. */
const plain: ReadonlySet<string> = new Set([
  'externalid',
  ...[userSchema, enterpriseUserSchema, groupSchema].flatMap(({ attributes }) => attributes.flatMap(plainNames)),
])

function plainNames({ name, type, subAttributes = [] }: Attribute): readonly string[] {
  const isPlain = type === 'string' && name !== 'value'
  return [...(isPlain ? [name.toLowerCase()] : []), ...subAttributes.flatMap(plainNames)]
}

/**
 * Whether what stands in an object under a key may refer to another operation. Keys are names, and in a PATCH also paths such as `name.givenName`;
 * what its operation holds as `value` is judged by the path.
 */
function mayRefer(object: JsonObject, key: string): boolean {
  const { path } = object
  const named = key === 'value' && typeof path === 'string' ? path : key
  return !plain.has(named.slice(Math.max(named.lastIndexOf('.'), named.lastIndexOf(':')) + 1).toLowerCase())
}

// A reference is a whole string, whatever its bulkId is made of, the end of a URI in $ref, or a literal in the value filter of a PATCH path.
const inside = /(\/|")bulkId:([^"/]+)(?="|$)/g

const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value)

function isWhole(text: string): boolean {
  return text.startsWith(prefix) && text.length > prefix.length
}

function collect(text: string, found: Set<string>): void {
  if (!text.includes(prefix)) return
  if (isWhole(text)) {
    found.add(text.slice(prefix.length))
    return
  }
  for (const match of text.matchAll(inside)) if (match[2] !== undefined) found.add(match[2])
}

/** The bulkIds that a value refers to, at any depth (RFC 7644 §3.7.2). */
export function bulkReferences(data: JsonValue | undefined): ReadonlySet<string> {
  const found = new Set<string>()
  const open: (JsonValue | undefined)[] = [data]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string') collect(value, found)
    else if (isArray(value)) for (const each of value) open.push(each)
    else if (isJsonObject(value))
      for (const key of Object.keys(value)) {
        const inner = value[key]
        const isWorthALook = typeof inner === 'string' ? inner.includes(prefix) : typeof inner === 'object'
        if (isWorthALook && mayRefer(value, key)) open.push(inner)
      }
  }
  return found
}

/** The text with each reference replaced by the id of the resource that was created for it. Throws 409 when there is none. */
export function resolveBulkId(text: string, resolved: ReadonlyMap<string, string>): string {
  if (!text.includes(prefix)) return text
  if (isWhole(text)) return idOf(text.slice(prefix.length), resolved)
  return text.replaceAll(inside, (_, before: string, bulkId: string) => before + idOf(bulkId, resolved))
}

function idOf(bulkId: string, resolved: ReadonlyMap<string, string>): string {
  const id = resolved.get(bulkId)
  if (id === undefined)
    throw conflict(`"bulkId:${shown(bulkId)}" refers to no resource that this bulk request has created.`)
  return id
}

// JSON.parse makes "__proto__" an ordinary key; a plain assignment would make it the prototype.
function put(target: JsonValue[] | Record<string, JsonValue>, key: string | number, value: JsonValue): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * A copy of `data` in which every reference is an id, or `data` itself if it has none. Throws 409 for a reference to an
 * operation that is unknown or failed. It does not recurse: a body may be nested deeper than the stack.
 */
export function resolveBulkIds(data: JsonObject, resolved: ReadonlyMap<string, string>): JsonObject {
  if (bulkReferences(data).size === 0) return data
  const root: Record<string, JsonValue> = {}
  const open: { from: JsonObject | readonly JsonValue[]; to: JsonValue[] | Record<string, JsonValue> }[] = [
    { from: data, to: root },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { from, to } = next
    const place = (key: string | number, value: JsonValue | undefined) => {
      if (value === undefined) return
      if (typeof key === 'string' && isJsonObject(from) && !mayRefer(from, key)) put(to, key, value)
      else if (typeof value === 'string') put(to, key, resolveBulkId(value, resolved))
      else if (isArray(value) || isJsonObject(value)) {
        const copy: JsonValue[] | Record<string, JsonValue> = isArray(value) ? [] : {}
        put(to, key, copy)
        open.push({ from: value, to: copy })
      } else put(to, key, value)
    }
    if (Array.isArray(from)) for (const [index, value] of from.entries()) place(index, value)
    else for (const [key, value] of Object.entries(from)) place(key, value)
  }
  return root
}

/** Deeper than any attribute of a resource goes. */
const deepest = 6

/**
 * The data without what refers to another operation: a text attribute that does, a complex value whose text does. Lets resources that refer
 * to each other be created first and joined afterwards (RFC 7644 §3.7.1). What is nested deeper than a resource can be is left out.
 */
export function withoutReferences(data: JsonObject): JsonObject {
  const strip = (value: JsonValue | undefined, depth: number): JsonValue | undefined => {
    if (typeof value === 'string') return value.includes(prefix) ? undefined : value
    if (depth > deepest) return undefined
    if (isArray(value))
      return value.map((each) => strip(each, depth + 1)).filter((each): each is JsonValue => each !== undefined)
    if (!isJsonObject(value)) return value
    const kept: [string, JsonValue][] = []
    for (const [key, inner] of Object.entries(value)) {
      const rest = mayRefer(value, key) ? strip(inner, depth + 1) : inner
      if (rest === undefined && depth > 0 && inner !== undefined) return undefined
      if (rest !== undefined) kept.push([key, rest])
    }
    return Object.fromEntries(kept)
  }
  const stripped = strip(data, 0)
  return isJsonObject(stripped) ? stripped : {}
}

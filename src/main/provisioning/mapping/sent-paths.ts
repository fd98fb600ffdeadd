import { isJsonObject, type JsonObject, type JsonValue } from '../../../scim/json/json.ts'
import { groupSchemaUrn, userSchemaUrn } from '../../../scim/urn.ts'

/** One attribute that a body sets, by the path that a mapping would name. */
export interface SentValue {
  readonly path: string
  readonly value: JsonValue | undefined
}

const mostPaths = 100
const longestPath = 200
/** Of no mapping: what every body carries, and what an IdP repeats of an answer. */
const notMapped: ReadonlySet<string> = new Set(['schemas', 'id', 'meta', 'groups'])

function isUrn(name: string): boolean {
  return name.toLowerCase().startsWith('urn:')
}

/** Paths of the core schemas are known without their URN. */
function withoutCoreUrn(path: string): string {
  for (const urn of [userSchemaUrn, groupSchemaUrn])
    if (path.length > urn.length && path.slice(0, urn.length).toLowerCase() === urn.toLowerCase())
      return path.slice(urn.length + 1)
  return path
}

function ofElements(path: string, elements: readonly JsonValue[]): readonly SentValue[] {
  if (path === 'members') return [{ path, value: elements }]
  return elements.slice(0, 20).flatMap((element): readonly SentValue[] => {
    if (!isJsonObject(element)) return [{ path, value: element }]
    const { type } = element
    const base = typeof type === 'string' ? `${path}[type eq "${type}"]` : path
    return Object.entries(element)
      .filter(([name]) => name !== 'type' && name !== 'primary' && name !== '$ref' && name !== 'display')
      .map(([name, value]) => ({ path: `${base}.${name}`, value }))
  })
}

/** What is set below a path; a reference such as the manager counts as one value. */
function ofValue(path: string, value: JsonValue | undefined): readonly SentValue[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return ofElements(path, value)
  if (!isJsonObject(value) || 'value' in value) return [{ path, value }]
  return Object.entries(value)
    .filter(([, each]) => each !== null)
    .map(([name, each]) => ({ path: `${path}.${name}`, value: each }))
}

function bounded(values: readonly SentValue[]): readonly SentValue[] {
  return values.slice(0, mostPaths).map(({ path, value }) => ({ path: path.slice(0, longestPath), value }))
}

function ofObject(object: JsonObject): readonly SentValue[] {
  return Object.entries(object)
    .filter(([name]) => !notMapped.has(name))
    .flatMap(([name, value]) => {
      const path = withoutCoreUrn(name)
      const isExtension = isUrn(path) && isJsonObject(value) && !('value' in value)
      if (!isExtension) return ofValue(path, value)
      return Object.entries(value)
        .filter(([, each]) => each !== null)
        .map(([below, each]) => ({ path: `${path}:${below}`, value: each }))
    })
}

/** The attributes that a whole user or group sets. */
export function valuesOfResource(body: JsonObject): readonly SentValue[] {
  return bounded(ofObject(body))
}

/** The attributes that a PATCH adds, replaces or removes. */
export function valuesOfPatch(body: JsonObject): readonly SentValue[] {
  const operations = body['Operations'] ?? body['operations']
  if (!Array.isArray(operations)) return []
  return bounded(
    operations.filter(isJsonObject).flatMap((operation): readonly SentValue[] => {
      const { path, value } = operation
      if (typeof path !== 'string') return isJsonObject(value) ? ofObject(value) : []
      const plain = withoutCoreUrn(path)
      if (plain.startsWith('members')) return [{ path: 'members', value }]
      // An extension as a whole is a path too (RFC 7644 §3.10).
      const found = ofObject({ [path]: value ?? null })
      return found.length === 0 ? [{ path: plain, value }] : found
    }),
  )
}

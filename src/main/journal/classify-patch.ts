import { isJsonObject, type JsonValue } from '../../scim/json.ts'

interface Change {
  readonly op: 'add' | 'remove' | 'replace'
  /** The attribute in lower case, without URN, filter and sub-attribute. */
  readonly attribute: string
  readonly isFiltered: boolean
  readonly value: JsonValue | undefined
}

/** The changes of a PATCH body (RFC 7644 §3.5.2); a path-less operation is one change for each of its keys. */
function changesOf(body: JsonValue | undefined): readonly Change[] {
  const operations = isJsonObject(body) ? (body['Operations'] ?? body['operations']) : undefined
  if (!Array.isArray(operations)) return []
  return operations.filter(isJsonObject).flatMap((operation): readonly Change[] => {
    const op = opOf(operation['op'])
    const { path, value } = operation
    if (op === undefined) return []
    if (typeof path === 'string') return [{ op, attribute: attributeOf(path), isFiltered: path.includes('['), value }]
    if (!isJsonObject(value)) return []
    return Object.entries(value)
      .filter(([key]) => !isOnlyContext(key))
      .map(([key, each]) => ({ op, attribute: attributeOf(key), isFiltered: key.includes('['), value: each }))
  })
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
  const bracket = path.indexOf('[')
  const plain = bracket < 0 ? path : path.slice(0, bracket)
  const local = plain.slice(plain.lastIndexOf(':') + 1)
  return (local.split('.', 1)[0] ?? '').trim().toLowerCase()
}

/** Truth as IdPs write it: false, "False", [{"value": "False"}]. */
function truthOf(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') {
    const lower = value.toLowerCase()
    return lower === 'true' ? true : lower === 'false' ? false : undefined
  }
  const wrapped = Array.isArray(value) ? value[0] : undefined
  return isJsonObject(wrapped) ? truthOf(wrapped['value']) : undefined
}

export function classifyUserPatch(body: JsonValue | undefined, noun: string): string {
  const changes = changesOf(body)
  // The last one counts: operations apply in order.
  const active = changes.findLast(({ attribute }) => attribute === 'active')
  const truth = truthOf(active?.value)
  if (truth === false) return `disable ${noun}`
  const attributes = new Set(changes.map(({ attribute }) => attribute))
  if (truth === true && attributes.size === 1) return `enable ${noun}`
  if (attributes.size === 1) {
    if (attributes.has('username')) return `rename ${noun}`
    if (attributes.has('password')) return 'set password'
    if (attributes.has('manager')) return changes.at(-1)?.op === 'remove' ? 'remove manager' : 'set manager'
  }
  if (truth === true) return `update and enable ${noun}`
  return `update ${noun}`
}

function people(count: number): string {
  return count === 1 ? '1 member' : `${count} members`
}

function countOf(value: JsonValue | undefined): number {
  return Array.isArray(value) ? value.length : value === undefined || value === null ? 0 : 1
}

export function classifyGroupPatch(body: JsonValue | undefined): string {
  const changes = changesOf(body)
  let added = 0
  let removed = 0
  const parts: string[] = []
  for (const { op, attribute, isFiltered, value } of changes) {
    if (attribute !== 'members') continue
    if (op === 'add') added += countOf(value)
    else if (op === 'replace') parts.push(countOf(value) === 0 ? 'remove all members' : 'replace members')
    else if (isFiltered) removed += 1
    else if (countOf(value) === 0) parts.push('remove all members')
    else removed += countOf(value)
  }
  if (added > 0) parts.push(`add ${people(added)}`)
  if (removed > 0) parts.push(`remove ${people(removed)}`)
  const isRename = changes.some(({ attribute }) => attribute === 'displayname')
  // Okta sends the name along with every membership change; it is news only where nothing else is.
  if (parts.length > 0) return [...new Set(parts)].join(', ')
  return isRename ? 'rename group' : 'update group'
}

import { inAnyCase } from '../../scim/in-any-case.ts'
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
  const operations = isJsonObject(body) ? inAnyCase(body, 'Operations') : undefined
  if (!Array.isArray(operations)) return []
  return operations.filter(isJsonObject).flatMap((operation): readonly Change[] => {
    const op = opOf(inAnyCase(operation, 'op'))
    const path = inAnyCase(operation, 'path')
    const value = inAnyCase(operation, 'value')
    if (op === undefined) return []
    if (typeof path === 'string' && path !== '')
      return [{ op, attribute: attributeOf(path), isFiltered: path.includes('['), value }]
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
    if (attributes.has('manager')) return isRemoval(changes.at(-1)) ? 'remove manager' : 'set manager'
  }
  if (truth === true) return `update and enable ${noun}`
  return `update ${noun}`
}

/** A replace by nothing clears too, as Entra takes away a manager. */
function isRemoval(change: Change | undefined): boolean {
  return change?.op === 'remove' || (change?.op === 'replace' && isNothing(change.value))
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function people(count: number): string {
  return count === 1 ? '1 member' : `${count} members`
}

function countOf(value: JsonValue | undefined): number {
  return Array.isArray(value) ? value.length : value === undefined || value === null || value === '' ? 0 : 1
}

export function classifyGroupPatch(body: JsonValue | undefined): string {
  const changes = changesOf(body)
  let added = 0
  let removed = 0
  const parts: string[] = []
  for (const change of changes) {
    const { op, attribute, isFiltered, value } = change
    if (attribute !== 'members') continue
    // `members[value eq "id"]` names one member, who stays or becomes one unless that is removed.
    if (isFiltered && isRemoval(change)) removed += 1
    else if (isFiltered) added += 1
    else if (op === 'add') added += countOf(value)
    else if (op === 'replace') parts.push(countOf(value) === 0 ? 'remove all members' : 'replace members')
    else if (value === undefined || value === null) parts.push('remove all members')
    else removed += countOf(value)
  }
  if (added > 0) parts.push(`add ${people(added)}`)
  if (removed > 0) parts.push(`remove ${people(removed)}`)
  const isRename = changes.some(({ attribute }) => attribute === 'displayname')
  // Okta sends the name along with every membership change; it is news only where nothing else is.
  if (parts.length > 0) return [...new Set(parts)].join(', ')
  return isRename ? 'rename group' : 'update group'
}

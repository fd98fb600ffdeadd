import { isJsonObject, jsonIn, type JsonObject, type JsonValue } from '../../../scim/json/json.ts'
import { possibleValues, redacted, withoutFilterLiterals, withoutLiterals } from './filter-literals.ts'
import { lastName, plainPath, type RedactedNames } from './redacted-names.ts'
import { mayNameSecret, speaksOfSecret } from './secret-names.ts'
import { unescaped } from './unescaped.ts'

/** No SCIM message nests deeper; below it nothing is kept. */
const deepest = 64
/** JSON text within JSON text within …: Entra sends one level (`roles`). Deeper nothing is kept of what may mention a name. */
const deepestText = 4

/** Takes each value that was redacted, so that it can be kept out of the rest of the exchange too. */
export type SecretSink = (secret: string) => void

interface Place {
  /** The attribute in which a value stands, in lower case. */
  readonly parent: string | undefined
  readonly depth: number
  readonly textDepth: number
}

/**
 * Parses a JSON text and returns it without the values of redacted names, or undefined when it is not JSON.
 * The text is written anew even where nothing was found: of two equal keys JSON.parse shows only the second.
 */
export function redactJsonText(text: string, names: RedactedNames, secrets: SecretSink): string | undefined {
  const parsed = parse(text)
  if (parsed === undefined) return undefined
  return JSON.stringify(redactValue(parsed, names, secrets, { parent: undefined, depth: 0, textDepth: 0 }))
}

/** Undefined for what is no JSON: the caller withholds it. */
function parse(text: string): JsonValue | undefined {
  return jsonIn(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
}

function redactValue(value: JsonValue, names: RedactedNames, secrets: SecretSink, place: Place): JsonValue {
  if (place.depth > deepest) return redacted
  if (typeof value === 'string') return redactString(value, names, secrets, place)
  if (value === null || typeof value !== 'object') return hide(value, names.coversPlainValue(place.parent), secrets)
  const inside = { ...place, depth: place.depth + 1 }
  if (!isJsonObject(value)) return value.map((each) => redactValue(each, names, secrets, inside))
  return redactObject(value, names, secrets, inside)
}

function redactObject(object: JsonObject, names: RedactedNames, secrets: SecretSink, place: Place): JsonObject {
  const entries = Object.entries(object)
  let path: string | undefined
  let valueCovered = false
  for (const [key, value] of entries)
    if (typeof value === 'string' && namingKeys.has(key.toLowerCase())) {
      if (key.toLowerCase() === 'path') path = value
      valueCovered ||= names.covers(value, place.parent)
    }
  // fromEntries defines properties, so that a key `__proto__` is one of its own like any other.
  return Object.fromEntries(
    entries.map(([key, value]): [string, JsonValue | undefined] => {
      if (value === undefined || isChangePassword(key, value)) return [key, value]
      const shownKey = redactKey(key, names, secrets)
      const isValue = key.toLowerCase() === 'value'
      if (names.covers(key, place.parent) || (isValue && valueCovered)) return [shownKey, hide(value, true, secrets)]
      const parent = isValue && path !== undefined ? lastName(path) : lastName(key)
      return [shownKey, redactValue(value, names, secrets, { ...place, parent })]
    }),
  )
}

/** A key may be a path with a filter, which holds values. */
function redactKey(key: string, names: RedactedNames, secrets: SecretSink): string {
  if (plainPath(key) === key || !(names.mentions(key) || speaksOfSecret(key))) return key
  hideLiterals(key, names, secrets)
  return withoutFilterLiterals(key)
}

function hideLiterals(filter: string, names: RedactedNames, secrets: SecretSink): void {
  possibleValues(filter)
    .filter((each) => !names.mentions(each))
    .forEach(secrets)
}

/** Keys whose text says which attribute the `value` beside it belongs to: `path` in a PATCH (RFC 7644 §3.5.2), the others elsewhere. */
const namingKeys: ReadonlySet<string> = new Set(['path', 'name', 'attribute', 'attributename', 'key', 'field'])

/** `changePassword: {supported}` of the service provider's configuration (RFC 7643 §5) says nothing secret. */
function isChangePassword(key: string, value: JsonValue): boolean {
  return (
    key === 'changePassword' &&
    isJsonObject(value) &&
    Object.values(value).every((each) => each === true || each === false)
  )
}

function hide(value: JsonValue, covered: boolean, secrets: SecretSink): JsonValue {
  if (!covered || value === null || value === '') return value
  collect(value, secrets, 0)
  return redacted
}

function collect(value: JsonValue, secrets: SecretSink, depth: number): void {
  if (typeof value === 'string') secrets(value)
  else if (typeof value === 'number') secrets(String(value))
  else if (typeof value === 'object' && value !== null && depth < deepest)
    for (const each of Object.values(value)) if (each !== undefined) collect(each, secrets, depth + 1)
}

function redactString(text: string, names: RedactedNames, secrets: SecretSink, place: Place): JsonValue {
  if (names.coversPlainValue(place.parent)) return hide(text, true, secrets)
  if (!names.mayMention(text) && !mayNameSecret(text) && !text.includes('%')) return text
  if (/^\s*[[{"]/.test(text)) {
    if (place.textDepth >= deepestText) return redacted
    const parsed = parse(text)
    if (parsed === undefined) {
      const plain = unescaped(text)
      return names.mentions(plain) || speaksOfSecret(plain) ? redacted : text
    }
    return JSON.stringify(redactValue(parsed, names, secrets, { ...place, textDepth: place.textDepth + 1 }))
  }
  const plain = unescaped(text)
  const isFilter = place.parent === 'filter' || place.parent === 'path'
  if (!names.mentions(plain) && !(isFilter && speaksOfSecret(withoutLiterals(plain)))) return text
  if (isFilter) {
    hideLiterals(text, names, secrets)
    return withoutFilterLiterals(text)
  }
  return names.mentionsValue(plain) ? redacted : text
}

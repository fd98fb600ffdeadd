import { withSpaces } from '../../../scim/query.ts'
import { redacted, withoutFilterLiterals } from './filter-literals.ts'
import type { SecretSink } from './redact-json.ts'
import type { RedactedNames } from './redacted-names.ts'
import { mayHideNames, unescaped } from './unescaped.ts'

/** Path and query without the values of redacted names; a filter keeps its shape: `filter=password%20eq%20"[redacted]"`. */
export function redactTarget(target: string, names: RedactedNames, secrets: SecretSink): string {
  if (!names.mayMention(target) && !mayHideNames(target)) return target
  if (!names.mentions(target) && !names.mentions(unescaped(target))) return target
  const query = target.indexOf('?')
  const path = query < 0 ? target : target.slice(0, query)
  const plainPath = unescaped(path)
  const shownPath = names.mentions(plainPath) && names.mentionsValue(plainPath) ? `/${redacted}` : path
  if (query < 0) return shownPath
  const parameters = target.slice(query + 1).split('&')
  return `${shownPath}?${parameters.map((parameter) => redactParameter(parameter, names, secrets)).join('&')}`
}

function redactParameter(parameter: string, names: RedactedNames, secrets: SecretSink): string {
  if (!names.mentions(unescaped(parameter))) return parameter
  const equals = parameter.indexOf('=')
  // Without "=" all of it is the name, which may be the filter itself.
  if (equals < 0) return /^[\w.-]*$/.test(parameter) ? parameter : redacted
  const name = parameter.slice(0, equals)
  const raw = parameter.slice(equals + 1)
  if (names.mentions(unescaped(name))) {
    secrets(decoded(raw))
    return `${/^[\w.-]*$/.test(name) ? name : ''}=${redacted}`
  }
  const value = decoded(raw)
  for (const [, literal] of value.slice(0, 4096).matchAll(/"([^"]*)"/g)) if (literal !== undefined) secrets(literal)
  // A list of attributes (RFC 7644 §3.9) names them without values.
  if (/^[\w$:.,\s-]*$/.test(value) && !names.mentionsValue(value))
    return listOfPaths(value) ? parameter : `${name}=${redacted}`
  return `${name}=${encodeURIComponent(withoutFilterLiterals(value))}`
}

function listOfPaths(value: string): boolean {
  return value.split(',').every((path) => /^\s*[\w$:.-]*\s*$/.test(path))
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(withSpaces(value))
  } catch {
    return '%' // malformed: no filter has this shape, so that the whole value is replaced
  }
}

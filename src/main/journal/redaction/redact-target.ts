import { withSpaces } from '../../../scim/query/query.ts'
import {
  hasCredentialParameter,
  hasPathCredential,
  isCredentialParameter,
  withoutPathCredentials,
} from './credential-names.ts'
import { possibleValues, redacted, withoutFilterLiterals, withoutLiterals } from './filter-literals.ts'
import type { SecretSink } from './redact-json.ts'
import type { RedactedNames } from './redacted-names.ts'
import { mayNameSecret, speaksOfSecret } from './secret-names.ts'
import { mayHideNames, unescaped } from './unescaped.ts'

/**
 * Path and query without the values of redacted names and of parameters that hold a credential, such as `subscription-key`; a filter keeps its
 * shape: `filter=password%20eq%20"[redacted]"`.
 */
export function redactTarget(target: string, names: RedactedNames, secrets: SecretSink): string {
  if (!isTelling(target, names) && (!mayHideNames(target) || !isTelling(unescaped(target), names))) return target
  const query = target.indexOf('?')
  const path = query < 0 ? target : target.slice(0, query)
  const plainPath = unescaped(path)
  const isPathTelling = names.mentions(plainPath) && names.mentionsValue(plainPath)
  const shownPath = isPathTelling
    ? `/${redacted}`
    : withoutPathCredentials(path, (credential) => hidden(credential, secrets))
  if (query < 0) return shownPath
  const parameters = target.slice(query + 1).split('&')
  return `${shownPath}?${parameters.map((parameter) => redactParameter(parameter, names, secrets)).join('&')}`
}

function isTelling(target: string, names: RedactedNames): boolean {
  return (
    names.mayMention(target) || mayNameSecret(target) || hasCredentialParameter(target) || hasPathCredential(target)
  )
}

function hidden(credential: string, secrets: SecretSink): string {
  secrets(decoded(credential))
  return redacted
}

/** A target of the log without the parameters whose credentials it has not kept. */
export function withoutRedactedCredentials(target: string): string {
  const query = target.indexOf('?')
  if (query < 0) return target
  const isKept = (parameter: string) => {
    const [name = '', value] = parameter.split('=')
    return value !== redacted || !isCredentialParameter(name)
  }
  const kept = target
    .slice(query + 1)
    .split('&')
    .filter(isKept)
  return `${target.slice(0, query)}${kept.length === 0 ? '' : `?${kept.join('&')}`}`
}

/** One between two `&`; some write `;` instead. */
function redactParameter(parameter: string, names: RedactedNames, secrets: SecretSink): string {
  const equals = parameter.indexOf('=')
  const isCredential = equals >= 0 && isCredentialParameter(unescaped(parameter.slice(0, equals)))
  if (!isCredential && hasCredentialParameter(`?${parameter}`)) return redacted
  const plain = unescaped(parameter)
  if (!isCredential && !names.mentions(plain) && !speaksOfSecret(withoutLiterals(plain))) return parameter
  // Without "=" all of it is the name, which may be the filter itself.
  if (equals < 0) return /^[\w.-]*$/.test(parameter) ? parameter : redacted
  const name = parameter.slice(0, equals)
  const raw = parameter.slice(equals + 1)
  if (isCredential || names.mentions(unescaped(name)) || speaksOfSecret(unescaped(name))) {
    secrets(decoded(raw))
    return `${/^[\w.-]*$/.test(name) ? name : ''}=${redacted}`
  }
  const value = decoded(raw)
  // A list of attributes (RFC 7644 §3.9) names them without values.
  if (/^[\w$:.,\s-]*$/.test(value) && !names.mentionsValue(value))
    return listOfPaths(value) ? parameter : `${name}=${redacted}`
  possibleValues(value)
    .filter((each) => !names.mentions(each))
    .forEach(secrets)
  return `${name}=${encodeURIComponent(withoutFilterLiterals(value))}`
}

function listOfPaths(value: string): boolean {
  return value.split(',').every((path) => /^[\w$:.-]*$/.test(path.trim()))
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(withSpaces(value))
  } catch {
    return '%' // malformed: no filter has this shape, so that the whole value is replaced
  }
}

import { attributeValue, type AttributePath, isList, ownValue } from '../../../scim/path/attribute-path.ts'
import { invalidPath, ScimError } from '../../../scim/error.ts'
import type { JsonValue, Resource } from '../../../scim/json/json.ts'
import { resolveAttributePath } from '../../../scim/path/parse-attribute-path.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import { transliterate, type UmlautStyle } from './transliterate.ts'

interface Placeholder {
  readonly path: AttributePath
  /** Only the first so many characters. */
  readonly length: number | undefined
}

/** `{name.givenName:1}{name.familyName}@example.com`, taken apart. */
export type AddressPattern = readonly (string | Placeholder)[]

export type ParsedPattern =
  | { readonly ok: true; readonly pattern: AddressPattern }
  | { readonly ok: false; readonly problem: string }

export type PatternResult =
  | { readonly kind: 'value'; readonly text: string }
  /** The user has no value for a placeholder. */
  | { readonly kind: 'incomplete' }
  /** A value has letters that cannot be written in ASCII. */
  | { readonly kind: 'not-ascii' }

const placeholder = /\{([^{}]*)\}/
const lengthSuffix = /^(.*):(\d{1,2})$/

function parsePlaceholder(model: ResourceModel, text: string): Placeholder | string {
  const [, path = text, length] = lengthSuffix.exec(text) ?? []
  if (length === '0') return `{${text}} takes no characters.`
  try {
    const found = resolveAttributePath(model, path.trim(), invalidPath)
    if ('reason' in found) return found.reason
    if (found.attribute.type === 'complex' && !found.sub && !model.subAttribute(found.attribute, 'value'))
      return `{${text}} has several parts. Name one, e.g. {name.givenName}.`
    return { path: found, length: length === undefined ? undefined : Number(length) }
  } catch (error) {
    if (error instanceof ScimError) return error.detail
    throw error
  }
}

/** Reads a pattern: text with attribute paths in braces, each of them shortened by `:N` to its first characters. */
export function parseAddressPattern(model: ResourceModel, text: string): ParsedPattern {
  const parts = text.split(placeholder)
  const pattern: (string | Placeholder)[] = []
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      if (/[{}]/.test(part)) return { ok: false, problem: `The pattern "${text}" has a brace without its other half.` }
      if (part !== '') pattern.push(part)
      continue
    }
    const parsed = parsePlaceholder(model, part)
    if (typeof parsed === 'string') return { ok: false, problem: `The pattern "${text}" cannot be used: ${parsed}` }
    pattern.push(parsed)
  }
  if (!pattern.some((each) => typeof each !== 'string'))
    return { ok: false, problem: `The pattern "${text}" names no attribute. Write one in braces, e.g. {userName}.` }
  return { ok: true, pattern }
}

/** Of several values the primary one, or else the first. */
function singleValue(value: JsonValue | undefined): JsonValue | undefined {
  return isList(value) ? (value.find((each) => ownValue(each, 'primary') === true) ?? value[0]) : value
}

function textAt(path: AttributePath, resource: Resource): string | undefined {
  const held = singleValue(attributeValue(path, resource))
  const value = typeof held === 'object' && held !== null ? ownValue(held, path.sub?.name ?? 'value') : held
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** `CORP\jsmith` and `jsmith@corp.local` stand for `jsmith`. */
function bareUserName(userName: string): string {
  const behind = userName.slice(userName.lastIndexOf('\\') + 1)
  const at = behind.indexOf('@')
  return at > 0 ? behind.slice(0, at) : behind
}

/** What a name may lose in an address: blanks and apostrophes. Other characters stay, and make the address invalid where they must not be. */
const leftOut = /[\s'\u2018\u2019\u02bc\u00b4`]/gu

/** Dots that a missing or shortened part leaves side by side or at an end. */
function tidy(text: string): string {
  const at = text.indexOf('@')
  const local = (at < 0 ? text : text.slice(0, at)).replaceAll(/\.{2,}/g, '.').replaceAll(/^\.|\.$/g, '')
  return at < 0 ? local : local + text.slice(at)
}

/** The text that a pattern makes of a user, transliterated to small ASCII letters. */
export function applyAddressPattern(pattern: AddressPattern, resource: Resource, umlauts: UmlautStyle): PatternResult {
  let text = ''
  for (const part of pattern) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const value = textAt(part.path, resource)
    const isUserName = part.path.attribute?.name === 'userName' && part.path.extensionUrn === undefined
    const given = value === undefined ? '' : (isUserName ? bareUserName(value) : value).replaceAll(leftOut, '')
    if (given === '') return { kind: 'incomplete' }
    const ascii = transliterate(given, umlauts)
    if (ascii === undefined) return { kind: 'not-ascii' }
    text += ascii.slice(0, part.length)
  }
  return { kind: 'value', text: tidy(text) }
}

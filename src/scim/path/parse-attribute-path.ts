import { isValueOfSimple, type AttributePath } from './attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import { invalidFilter, type ScimError } from '../error.ts'
import { departFrom } from '../normalize/departure.ts'
import { shown, type Notes } from '../note.ts'
import { quoted } from '../text/quoted.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import type { Schema } from '../model/schema.ts'
import { urnMeant, type UrnMeant } from './urn-meant.ts'

export interface AttributePathOptions {
  /** Whether a name that no schema knows fails, or gives a path without an attribute. */
  readonly unknown: 'error' | 'tolerate'
  /** Makes the error: `invalidFilter` in a filter (the default), `invalidPath` in a PATCH. */
  readonly fail?: (detail: string) => ScimError
  readonly notes?: Notes | undefined
}

/** A path whose names are all known. */
export interface ResolvedPath extends AttributePath {
  readonly schema: Schema
  readonly attribute: Attribute
}

/** A path that was well formed but led nowhere; `reason` is a sentence that names what is unknown. */
export interface UnknownPath {
  readonly text: string
  readonly reason: string
}

const attributeName = /^(?:\$ref|[a-z][\w$-]*)$/i

/** PingOne's documented filter template is `email Co "%s"`. */
const aliases: ReadonlyMap<string, string> = new Map([['email', 'emails']])

/**
 * Parses `name`, `name.familyName` or `urn:…:User:manager.value` (RFC 7644 §3.10), in any letter case.
 * A name without a URN is looked for in the core schema first and then in the extensions, because Entra sends a bare `manager`.
 * Throws `fail(detail)` for a text that is no path, for a schema URN alone, and for unknown names unless they are tolerated.
 */
export function parseAttributePath(model: ResourceModel, text: string, options: AttributePathOptions): AttributePath {
  const path = resolveAttributePath(model, text, options.fail ?? invalidFilter, options.notes)
  if (!('reason' in path)) return path
  if (options.unknown === 'error') throw (options.fail ?? invalidFilter)(path.reason)
  return unknownPath(text)
}

/** A path that has no value in any resource. */
export function unknownPath(text: string): AttributePath {
  return { text, schema: undefined, extensionUrn: undefined, attribute: undefined, sub: undefined }
}

/** Whether the text is an ATTRNAME of RFC 7643 §2.1; `$ref` is the one that breaks its rule. */
export function isAttributeName(text: string): boolean {
  return attributeName.test(text)
}

/** As {@link parseAttributePath}, but returns an unknown name as a value together with the reason. */
export function resolveAttributePath(
  model: ResourceModel,
  text: string,
  fail: (detail: string) => ScimError,
  notes?: Notes,
): ResolvedPath | UnknownPath {
  const colon = text.lastIndexOf(':')
  const schema = colon < 0 ? undefined : model.schema(text.slice(0, colon))
  if (colon >= 0 && schema === undefined) {
    if (model.schema(text)) throw fail(`${quoted(text)} names a schema; name one of its attributes.`)
    const meant = urnMeant(model, text)
    if (meant !== undefined) return resolveMeant(model, text, meant, fail, notes)
    return { text, reason: `No schema of the ${model.name} resource type is called ${quoted(text.slice(0, colon))}.` }
  }
  const dot = text.indexOf('.', colon + 1)
  const name = text.slice(colon + 1, dot < 0 ? undefined : dot)
  const subName = dot < 0 ? undefined : text.slice(dot + 1)
  if (!isAttributeName(name) || (subName !== undefined && !isAttributeName(subName))) {
    throw fail(`${quoted(text)} is not an attribute path such as userName or name.familyName.`)
  }
  const found = schema ? attributeOf(model, schema, name) : attributeOfAny(model, name)
  if (found === undefined) {
    const holder = schema ? `The schema ${schema.id}` : `The ${model.name} resource type`
    return { text, reason: `${holder} has no attribute ${quoted(name)}.` }
  }
  const isItself = subName !== undefined && isValueOfSimple(found.attribute, subName)
  const sub = subName === undefined || isItself ? undefined : model.subAttribute(found.attribute, subName)
  if (subName !== undefined && sub === undefined && !isItself) {
    return { text, reason: `The attribute ${found.attribute.name} has no sub-attribute ${quoted(subName)}.` }
  }
  if (notes && found.dialect) {
    departFrom(notes, fail, {
      step: 'parse',
      code: found.dialect,
      path: shown(text),
      taken: canonicalName(model, found),
    })
  }
  const extensionUrn = found.schema === model.core ? undefined : found.schema.id
  return { text, schema: found.schema, extensionUrn, attribute: found.attribute, sub }
}

function resolveMeant(
  model: ResourceModel,
  text: string,
  meant: UrnMeant,
  fail: (detail: string) => ScimError,
  notes: Notes | undefined,
): ResolvedPath | UnknownPath {
  const path = resolveAttributePath(model, meant.text, fail, notes)
  if ('reason' in path) return { ...path, text }
  departFrom(notes, fail, { step: 'parse', code: meant.code, path: shown(text), taken: shown(meant.text) })
  return { ...path, text }
}

interface Found {
  readonly schema: Schema
  readonly attribute: Attribute
  readonly dialect?: 'attribute-alias' | 'unqualified-extension-attribute'
}

function attributeOf(model: ResourceModel, schema: Schema, name: string): Found | undefined {
  const attribute = model.attribute(schema, name)
  if (attribute) return { schema, attribute }
  const alias = aliases.get(name.toLowerCase())
  const meant = alias === undefined ? undefined : model.attribute(schema, alias)
  return meant && { schema, attribute: meant, dialect: 'attribute-alias' }
}

function attributeOfAny(model: ResourceModel, name: string): Found | undefined {
  const core = model.attribute(model.core, name)
  if (core) return { schema: model.core, attribute: core }
  for (const schema of model.extensions) {
    const attribute = model.attribute(schema, name)
    if (attribute) return { schema, attribute, dialect: 'unqualified-extension-attribute' }
  }
  return attributeOf(model, model.core, name)
}

function canonicalName(model: ResourceModel, found: Found): string {
  return found.schema === model.core ? found.attribute.name : `${found.schema.id}:${found.attribute.name}`
}

import { hasElements } from './attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import { departFrom } from '../normalize/departure.ts'
import { invalidPath } from '../error.ts'
import type { Filter } from '../filter/filter.ts'
import { Lexer } from '../filter/lexer.ts'
import { defaultFilterLimits, parseValueFilter } from '../filter/parse.ts'
import { shown, type Notes } from '../note.ts'
import { isAttributeName, resolveAttributePath, type ResolvedPath, type UnknownPath } from './parse-attribute-path.ts'
import { quoted } from '../text/quoted.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import type { Schema } from '../model/schema.ts'
import { urnMeant } from './urn-meant.ts'

/** The target of a PATCH operation (RFC 7644 §3.5.2), resolved against a model. */
export type PatchPath =
  /** `urn:…:2.0:User`: all that the schema defines. */
  | {
      readonly kind: 'schema'
      readonly text: string
      readonly schema: Schema
      readonly attribute: undefined
      readonly filter: undefined
      readonly sub: undefined
    }
  /** `attr`, `attr.sub`, `attr[filter]` or `attr[filter].sub`. */
  | {
      readonly kind: 'attribute'
      readonly text: string
      readonly schema: Schema
      readonly attribute: Attribute
      /** Relative to one element of `attribute`. */
      readonly filter: Filter | undefined
      readonly sub: Attribute | undefined
    }
  /** Well formed, but it names something that no schema knows. */
  | {
      readonly kind: 'unknown'
      readonly text: string
      /** A sentence that says what is unknown. */
      readonly reason: string
      readonly schema: undefined
      readonly attribute: undefined
      readonly filter: undefined
      readonly sub: undefined
    }

/**
 * Parses the `path` of a PATCH operation. Unknown names give a path of kind `unknown`, so that the operation can be ignored with a note.
 * Throws `invalidPath` for a malformed path and `invalidFilter` for a malformed filter in it (RFC 7644 §3.12, table 9).
 */
export function parsePatchPath(
  model: ResourceModel,
  text: string,
  options: { readonly notes?: Notes } = {},
): PatchPath {
  if (text.length > defaultFilterLimits.maxLength) {
    throw invalidPath(`The path is ${text.length} characters long; the limit is ${defaultFilterLimits.maxLength}.`)
  }
  const lexer = new Lexer(text, invalidPath)
  lexer.skipSpace()
  const head = lexer.word()
  if (head === '') throw lexer.expected('an attribute')
  const meant = urnMeant(model, head)
  const schema = model.schema(meant?.text ?? head)
  if (schema) {
    if (meant)
      departFrom(options.notes, invalidPath, {
        step: 'parse',
        code: meant.code,
        path: shown(head),
        taken: shown(meant.text),
      })
    expectEnd(lexer)
    return { kind: 'schema', text, schema, attribute: undefined, filter: undefined, sub: undefined }
  }
  const target = resolveAttributePath(model, head, invalidPath, options.notes)
  const selection = lexer.take('[') ? parseSelection(model, lexer, target, options.notes) : undefined
  expectEnd(lexer)
  if ('reason' in target) return unknown(text, target.reason)
  if (selection?.unknown !== undefined) return unknown(text, selection.unknown)
  const sub = selection ? selection.sub : target.sub
  return { kind: 'attribute', text, schema: target.schema, attribute: target.attribute, filter: selection?.filter, sub }
}

/** What follows the `[` of a path. */
interface Selection {
  readonly filter: Filter
  readonly sub: Attribute | undefined
  /** Says which name no schema knows; undefined when all are known. */
  readonly unknown: string | undefined
}

function parseSelection(
  model: ResourceModel,
  lexer: Lexer,
  target: ResolvedPath | UnknownPath,
  notes: Notes | undefined,
): Selection {
  const attribute = 'reason' in target ? undefined : target.attribute
  if (!('reason' in target) && !hasElements(target)) {
    throw invalidPath(`${quoted(target.text)} has no sub-attributes that a value filter could be about.`)
  }
  const {
    filter,
    unknown: unknownInFilter,
    end,
  } = parseValueFilter(model, lexer.text, lexer.position, attribute, notes)
  lexer.position = end
  if (!lexer.take('.')) return { filter, sub: undefined, unknown: unknownInFilter }
  const start = lexer.position
  const name = lexer.word()
  if (!isAttributeName(name)) throw lexer.expected('a sub-attribute', start)
  const sub = attribute && model.elementAttribute(attribute, name)
  const unknownSub = sub
    ? undefined
    : `The attribute ${attribute?.name ?? target.text} has no sub-attribute ${quoted(name)}.`
  return { filter, sub, unknown: unknownInFilter ?? unknownSub }
}

function expectEnd(lexer: Lexer): void {
  lexer.skipSpace()
  if (!lexer.atEnd()) throw lexer.expected('the end of the path')
}

function unknown(text: string, reason: string): PatchPath {
  return { kind: 'unknown', text, reason, schema: undefined, attribute: undefined, filter: undefined, sub: undefined }
}

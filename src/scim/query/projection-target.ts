import { isValueOfSimple } from '../path/attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import { shown, type Notes } from '../note.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import type { Schema } from '../model/schema.ts'
import { urnMeant } from '../path/urn-meant.ts'

/** What a name in `attributes` or `excludedAttributes` stands for: a whole schema, an attribute or a sub-attribute. */
export interface ProjectionTarget {
  readonly schema: Schema
  readonly attribute: Attribute | undefined
  readonly sub: Attribute | undefined
}

function resolveName(model: ResourceModel, schema: Schema, name: string): ProjectionTarget | undefined {
  // A value filter has no meaning here (RFC 7644 §3.10 allows it in PATCH paths alone): the attribute is meant.
  const filter = name.indexOf('[')
  const plain = filter < 0 ? name : name.slice(0, filter) + name.slice(name.lastIndexOf(']') + 1)
  const dot = plain.indexOf('.')
  const attribute = model.attribute(schema, dot < 0 ? plain : plain.slice(0, dot))
  if (attribute === undefined) return undefined
  if (dot < 0) return { schema, attribute, sub: undefined }
  const subName = plain.slice(dot + 1)
  if (isValueOfSimple(attribute, subName)) return { schema, attribute, sub: undefined }
  const sub = model.subAttribute(attribute, subName)
  return sub && { schema, attribute, sub }
}

const isUrn = /^urn:/i

/** Resolves `name`, `name.sub`, `urn`, `urn:name` and `urn:name.sub` in any letter case (RFC 7644 §3.10). */
function resolve(model: ResourceModel, text: string): ProjectionTarget | undefined {
  if (!isUrn.test(text)) {
    const inCore = resolveName(model, model.core, text)
    if (inCore !== undefined) return inCore
    for (const extension of model.extensions) {
      const found = resolveName(model, extension, text)
      if (found !== undefined) return found
    }
    return undefined
  }
  const whole = model.schema(text)
  if (whole !== undefined) return { schema: whole, attribute: undefined, sub: undefined }
  const filter = text.indexOf('[')
  const colon = (filter < 0 ? text : text.slice(0, filter)).lastIndexOf(':')
  const schema = model.schema(text.slice(0, colon))
  return schema && resolveName(model, schema, text.slice(colon + 1))
}

// A body of some megabytes can hold a hundred thousand names: the first few say enough.
const mostUnknownNotes = 10

/** The names in a parameter's value: comma-separated texts, blanks around them forgiven. */
export function* namesIn(list: string | readonly string[] | undefined): Generator<string> {
  if (list === undefined) return
  for (const text of typeof list === 'string' ? [list] : list)
    for (const name of text.split(',')) {
      const trimmed = name.trim()
      if (trimmed !== '') yield trimmed
    }
}

/** What the names of a parameter stand for. A name that no schema knows is left out with a note; `named` says whether there was any at all. */
export function projectionTargets(
  model: ResourceModel,
  parameter: 'attributes' | 'excludedAttributes',
  list: string | readonly string[] | undefined,
  notes: Notes,
): { readonly found: readonly ProjectionTarget[]; readonly named: boolean } {
  const found: ProjectionTarget[] = []
  let named = false
  let unknown = 0
  for (const name of namesIn(list)) {
    named = true
    const meant = urnMeant(model, name)
    const target = resolve(model, meant?.text ?? name)
    if (target !== undefined) {
      found.push(target)
      if (meant !== undefined)
        notes.add({ step: 'parse', code: meant.code, path: shown(name), taken: shown(meant.text) })
      // RFC 7644 §3.10: an attribute of an extension is named with its URN.
      if (target.schema !== model.core && !isUrn.test(name))
        notes.add({ step: 'parse', code: 'unqualified-extension-attribute', path: shown(name) })
    } else if (++unknown <= mostUnknownNotes)
      notes.add({ step: 'parse', code: 'unknown-attribute-asked', path: parameter, seen: shown(name) })
  }
  return { found, named }
}

import type { Attribute } from '../../scim/model/attribute.ts'
import { invalidPath, ScimError } from '../../scim/error.ts'
import { resolveAttributePath } from '../../scim/path/parse-attribute-path.ts'
import { commonAttributes, type ResourceModel } from '../../scim/model/resource-model.ts'
import { Refusal } from '../administration/refusal.ts'

/** Where the values of one CSV column go. */
export interface CsvColumn {
  /** Its canonical name. */
  readonly name: string
  readonly target: 'role' | ValueTarget
}

export interface ValueTarget {
  readonly extensionUrn: string | undefined
  readonly attribute: Attribute
  /** The sub-attribute of a complex attribute. */
  readonly sub: string | undefined
  /** Which element of a multi-valued complex attribute is meant; undefined for the one that has no type. */
  readonly elementType: string | undefined
}

const element = /^(.+?)\[\s*type\s+eq\s+"([^"\\]{1,100})"\s*\](?:\.([\w$-]+))?$/i

/** The name of a column: as the header of an export shows it. */
export function columnName({ extensionUrn, attribute, sub, elementType }: ValueTarget): string {
  const name = extensionUrn === undefined ? attribute.name : `${extensionUrn}:${attribute.name}`
  // The work address is what everybody means by "email".
  if (name === 'emails' && elementType === 'work' && sub === 'value') return 'email'
  const filter = elementType === undefined ? '' : `[type eq "${elementType}"]`
  return sub === undefined ? name : `${name}${filter}.${sub}`
}

function isSettable(attribute: Attribute): boolean {
  return attribute.mutability !== 'readOnly' && attribute.returned !== 'never' && !commonAttributes.includes(attribute)
}

/**
 * What a column of this header is for. Throws `Refusal` for a name that no schema knows, and for an attribute that an import cannot set.
 */
export function parseCsvColumn(model: ResourceModel, header: string): CsvColumn {
  const text = header.trim()
  if (text.toLowerCase() === 'role') return { name: 'role', target: 'role' }
  const target = targetOf(model, text.toLowerCase() === 'email' ? 'emails[type eq "work"].value' : text)
  return { name: columnName(target), target }
}

function targetOf(model: ResourceModel, text: string): ValueTarget {
  const [, holder, elementType, subName] = element.exec(text) ?? []
  const path = resolved(
    model,
    holder === undefined ? text : `${holder}${subName === undefined ? '' : `.${subName}`}`,
    text,
  )
  const { attribute, extensionUrn } = path
  if (!isSettable(attribute) || (path.sub && !isSettable(path.sub)))
    throw new Refusal(
      `The column "${text}" cannot be imported: ${attribute.name} is set by Rollcall itself or never kept.`,
    )
  if (attribute.type !== 'complex') {
    if (elementType !== undefined) throw unknown(text, `${attribute.name} has no types.`)
    return { extensionUrn, attribute, sub: undefined, elementType: undefined }
  }
  const sub = path.sub ?? model.subAttribute(attribute, 'value')
  if (!sub)
    throw unknown(
      text,
      `Name a part of it, such as ${attribute.name}.${attribute.subAttributes?.[0]?.name ?? 'value'}.`,
    )
  if (elementType !== undefined && !attribute.multiValued) throw unknown(text, `${attribute.name} has one value only.`)
  return { extensionUrn, attribute, sub: sub.name, elementType }
}

function resolved(model: ResourceModel, path: string, column: string) {
  try {
    const found = resolveAttributePath(model, path, invalidPath)
    if ('reason' in found) throw unknown(column, found.reason)
    return found
  } catch (error) {
    if (error instanceof ScimError) throw unknown(column, error.detail)
    throw error
  }
}

function unknown(column: string, reason: string): Refusal {
  return new Refusal(`The column "${column.slice(0, 100)}" is unknown. ${reason}`)
}

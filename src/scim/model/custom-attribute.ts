import { attribute, type Attribute } from './attribute.ts'
import { commonAttributes } from './resource-model.ts'
import type { Schema } from './schema.ts'
import { userSchema } from '../schemas/user.ts'
import { enterpriseUserSchemaUrn } from '../urn.ts'

export const customAttributeTypes = ['string', 'boolean', 'integer', 'decimal', 'dateTime', 'reference'] as const

export type CustomAttributeType = (typeof customAttributeTypes)[number]

/** An attribute that the admin added to User. It stands under `urn`, an extension schema made of all that share it. */
export interface CustomAttribute {
  readonly name: string
  readonly type: CustomAttributeType
  readonly multiValued: boolean
  readonly urn: string
  readonly description?: string
}

/** What the admin typed, before it is checked. Without a URN, `defaultCustomUrn` is meant. */
export interface CustomAttributeDraft {
  readonly name: string
  readonly type: string
  readonly multiValued?: boolean
  readonly urn?: string
  readonly description?: string
}

export type CustomAttributeCheck =
  | { readonly ok: true; readonly attribute: CustomAttribute }
  | { readonly ok: false; readonly problem: string }

export const defaultCustomUrn = 'urn:ietf:params:scim:schemas:extension:rollcall:2.0:User'

const longestName = 100
const longestUrn = 200
const longestDescription = 500

// RFC 7643 §2.1: ATTRNAME = ALPHA *( "$" / "-" / "_" / DIGIT / ALPHA ).
const attributeName = /^[A-Za-z][A-Za-z0-9$_-]*$/
// RFC 8141 §2, less the characters that would need escaping in a URL or a filter.
const urn = /^urn:[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9]):[A-Za-z0-9._-]+(?::[A-Za-z0-9._-]+)*$/i
const reservedUrn = /^urn:ietf:params:scim:(?:api|schemas:core):/i

// The words of the filter grammar (RFC 7644 §3.4.2.2) and of PATCH value paths could not be told from an attribute.
const filterWords = ['and', 'or', 'not', 'pr', 'eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']
const literals = ['true', 'false', 'null']

const reservedNames: ReadonlySet<string> = new Set(
  [
    ...commonAttributes.map((each) => each.name),
    ...filterWords,
    ...literals,
    ...Object.getOwnPropertyNames(Object.prototype),
    'prototype',
  ].map((name) => name.toLowerCase()),
)

// A column of a file, or a name without its URN, could not be told from the attribute that every user has.
const coreNames: ReadonlySet<string> = new Set(userSchema.attributes.map(({ name }) => name.toLowerCase()))

function nameProblem(name: string): string | undefined {
  if (name === '') return 'The name is empty; give the attribute a name.'
  if (name.length > longestName) return `The name is longer than ${longestName} characters.`
  if (!attributeName.test(name))
    return 'A name starts with a letter and goes on with letters, digits, "-", "_" and "$" (RFC 7643 §2.1).'
  if (reservedNames.has(name.toLowerCase())) return `The name "${name}" is reserved; choose another.`
  if (coreNames.has(name.toLowerCase())) return `Every user has an attribute "${name}" already; choose another name.`
  return undefined
}

function urnProblem(text: string): string | undefined {
  if (text.length > longestUrn) return `The URN is longer than ${longestUrn} characters.`
  if (!urn.test(text))
    return `A schema URN looks like ${defaultCustomUrn}: "urn:", then parts of letters, digits, ".", "-" and "_" divided by ":".`
  if (reservedUrn.test(text) || text.toLowerCase() === enterpriseUserSchemaUrn.toLowerCase())
    return 'This URN belongs to the SCIM standard; put the attribute under an extension URN of your own.'
  return undefined
}

/** What an admin pastes into the IdP's attribute mapping: the URN, a colon, the name (RFC 7644 §3.10). */
export function mappingName(custom: Pick<CustomAttribute, 'urn' | 'name'>): string {
  return `${custom.urn}:${custom.name}`
}

/** Two attributes clash by name, or because the path of one reads like the URN of the other. */
function clashProblem(name: string, text: string, existing: readonly CustomAttribute[]): string | undefined {
  const path = mappingName({ urn: text, name }).toLowerCase()
  for (const other of existing) {
    const otherPath = mappingName(other).toLowerCase()
    if (otherPath === path) return `The attribute "${other.name}" exists already under ${other.urn}.`
    if (otherPath === text.toLowerCase()) return `The URN is already the full name of the attribute "${other.name}".`
    if (other.urn.toLowerCase() === path) return `The full name of the attribute would be the schema URN ${other.urn}.`
  }
  if (path === enterpriseUserSchemaUrn.toLowerCase())
    return `The full name of the attribute would be the schema URN ${enterpriseUserSchemaUrn}.`
  return undefined
}

/**
 * Turns what an admin typed into a custom attribute, or says in one sentence what is wrong with it.
 * A URN that is in use already keeps its first spelling, since URNs are compared without regard to letter case.
 */
export function checkCustomAttribute(
  draft: CustomAttributeDraft,
  existing: readonly CustomAttribute[],
): CustomAttributeCheck {
  const name = draft.name.trim()
  const written = draft.urn?.trim() || defaultCustomUrn
  const type = customAttributeTypes.find((each) => each.toLowerCase() === draft.type.toLowerCase())
  const description = draft.description?.trim()
  const problem =
    nameProblem(name) ??
    (type === undefined ? `The type is one of ${customAttributeTypes.join(', ')}.` : undefined) ??
    urnProblem(written) ??
    clashProblem(name, written, existing) ??
    (description !== undefined && description.length > longestDescription
      ? `The description is longer than ${longestDescription} characters.`
      : undefined)
  if (problem !== undefined || type === undefined) return { ok: false, problem: problem ?? 'The type is missing.' }
  const spelling = existing.find((each) => each.urn.toLowerCase() === written.toLowerCase())?.urn ?? written
  const checked: CustomAttribute = { name, type, multiValued: draft.multiValued ?? false, urn: spelling }
  return { ok: true, attribute: description ? { ...checked, description } : checked }
}

function definition(custom: CustomAttribute): Attribute {
  const base = {
    name: custom.name,
    type: custom.type,
    multiValued: custom.multiValued,
    description: custom.description ?? `The custom attribute ${custom.name}.`,
  }
  return attribute(custom.type === 'reference' ? { ...base, referenceTypes: ['external'] } : base)
}

/** The extension schemas of User that the custom attributes form: one for each URN, in the order of first use. */
export function customSchemas(list: readonly CustomAttribute[]): readonly Schema[] {
  const byUrn = Map.groupBy(list, (each) => each.urn.toLowerCase())
  return [...byUrn.values()].flatMap((group) => {
    const first = group[0]
    if (first === undefined) return []
    return {
      id: first.urn,
      name: 'Custom attributes',
      description: 'Attributes of User that the administrator of this service provider defined.',
      attributes: group.map(definition),
    }
  })
}

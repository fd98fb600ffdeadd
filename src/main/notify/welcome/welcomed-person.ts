import { hash } from 'node:crypto'
import { isList, ownValue } from '../../../scim/path/attribute-path.ts'
import { fold } from '../../../scim/text/fold.ts'
import { isJsonObject, type JsonValue, type Resource } from '../../../scim/json/json.ts'
import { enterpriseUserSchemaUrn } from '../../../scim/urn.ts'
import { parseBareAddress } from '../mail/mail-address.ts'
import type { WelcomeValues } from './welcome-template.ts'

/** Whom a welcome mail goes to. */
export interface WelcomedPerson {
  /** A plain e-mail address. */
  readonly address: string
  /** By what the person is known to have been welcomed: hashes, so that the memory outlives the user without naming anybody. */
  readonly marks: readonly string[]
  readonly values: WelcomeValues
}

function textAt(resource: Resource, ...path: readonly string[]): string {
  let value: JsonValue | undefined = resource
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined
  return typeof value === 'string' ? value : ''
}

function emailsOf(resource: Resource): readonly { readonly value: string; readonly rank: number }[] {
  const emails = resource['emails']
  if (!isList(emails)) return []
  return emails.flatMap((email) => {
    const value = ownValue(email, 'value')
    const isPrimary = ownValue(email, 'primary') === true
    const isWork = ownValue(email, 'type') === 'work'
    return typeof value === 'string' ? [{ value, rank: isPrimary ? 0 : isWork ? 1 : 2 }] : []
  })
}

/** The primary address, else that at work, else any; else the userName where it is one. */
function addressOf(resource: Resource): string | undefined {
  const listed = emailsOf(resource).toSorted((a, b) => a.rank - b.rank)
  for (const text of [...listed.map(({ value }) => value), textAt(resource, 'userName')]) {
    const parsed = parseBareAddress(text)
    if (parsed.ok) return parsed.value.address
  }
  return undefined
}

function mark(kind: string, text: string): string {
  return hash('sha256', `${kind}:${fold(text)}`, 'base64url')
}

/** Reads whom a stored user's document is about; undefined for somebody without an address. */
export function welcomedPerson(resource: Resource, integrationName: string): WelcomedPerson | undefined {
  const address = addressOf(resource)
  if (address === undefined) return undefined
  const userName = textAt(resource, 'userName')
  const givenName = textAt(resource, 'name', 'givenName')
  const familyName = textAt(resource, 'name', 'familyName')
  const whole = `${givenName} ${familyName}`.trim()
  return {
    address,
    marks: [mark('name', userName), mark('mail', address)],
    values: {
      displayName: textAt(resource, 'displayName') || textAt(resource, 'name', 'formatted') || whole || userName,
      givenName,
      familyName,
      userName,
      email: address,
      title: textAt(resource, 'title'),
      department: textAt(resource, enterpriseUserSchemaUrn, 'department'),
      integration: integrationName,
    },
  }
}

import type { Departure } from '../normalize/refused-departure.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import { enterpriseUserSchemaUrn, formerEnterpriseUserUrns } from '../urn.ts'

/** What a client means by a name that begins with a URN in a form which the RFC does not know. */
export interface UrnMeant {
  /** Why it is none. */
  readonly code: Extract<Departure['code'], 'dot-after-urn' | 'former-urn'>
  /** The name with the URN as the model has it. */
  readonly text: string
}

/**
 * The name that is meant by one which begins with a former URN of the enterprise extension, or which has a dot between the URN of a schema and
 * an attribute, where RFC 7644 §3.10 wants a colon: `urn:…:User.department`. Charon, WSO2's SCIM library, writes that dot, and guides of
 * several products print it. Undefined for every other name.
 */
export function urnMeant(model: ResourceModel, text: string): UrnMeant | undefined {
  const colon = text.lastIndexOf(':')
  if (colon < 0 || model.schema(text) || model.schema(text.slice(0, colon))) return undefined
  const former = longestBefore(text, formerEnterpriseUserUrns, ['', ':', '.'])
  if (former !== undefined && model.schema(enterpriseUserSchemaUrn)) {
    const name = text.slice(former.length + 1)
    return {
      code: 'former-urn',
      text: name === '' ? enterpriseUserSchemaUrn : `${enterpriseUserSchemaUrn}:${name}`,
    }
  }
  const urns = [model.core, ...model.extensions].map((each) => each.id)
  const urn = longestBefore(text, urns, ['.'])
  return urn === undefined ? undefined : { code: 'dot-after-urn', text: `${urn}:${text.slice(urn.length + 1)}` }
}

/** The longest of the URNs with which the text begins, in any letter case, and behind which one of `ends` follows; '' is the end of the text. */
function longestBefore(text: string, urns: Iterable<string>, ends: readonly string[]): string | undefined {
  const lower = text.toLowerCase()
  let found: string | undefined
  for (const urn of urns) {
    if (urn.length <= (found?.length ?? 0) || !lower.startsWith(urn.toLowerCase())) continue
    if (ends.includes(text.charAt(urn.length))) found = urn
  }
  return found
}

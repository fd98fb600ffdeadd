import type { IdpId } from '../../../idp/idp.ts'
import type { MappedAttribute } from '../../../idp/mappings/mapped-attribute.ts'
import { recommendedMappings } from '../../../idp/mappings/recommended-mapping.ts'
import type { SentAttribute } from './sent-attribute.ts'

/** So many users, or groups, must have come before it means anything that an attribute has not. */
const fewestToMiss = 3

/** How an IdP's attribute mapping looks from here. */
export interface MappingHealth {
  readonly sent: readonly SentAttribute[]
  /** Sent, but no schema knows them: they are ignored, and many an IdP sends them again in every cycle. */
  readonly ignored: readonly SentAttribute[]
  /** Of the recommended mapping, what has not come so far; attributes that many directories leave empty among them, see `weight`. */
  readonly missing: readonly MappedAttribute[]
  /** Enough has come for `missing` to mean something. */
  readonly isConclusive: boolean
}

const valueFilter = /\[[^\]]*\]/g

/**
 * Whether what came is what the mapping names; a value without a type can stand for one with, the attribute as a whole for its parts, and the part of
 * a reference for the whole.
 */
function covers(sent: string, target: string): boolean {
  const [came, named] = [sent.toLowerCase(), target.toLowerCase()]
  return [named, named.replace(valueFilter, '')].some(
    (each) => came === each || each.startsWith(`${came}.`) || came.startsWith(`${each}.`),
  )
}

export function mappingHealthOf(idp: IdpId, sent: readonly SentAttribute[]): MappingHealth {
  const most = (noun: 'user' | 'group') =>
    sent.reduce((times, each) => (each.noun === noun ? Math.max(times, each.times) : times), 0)
  const seen = { user: most('user'), group: most('group') }
  const missing = recommendedMappings[idp].filter(
    ({ resource, target }) =>
      seen[resource] >= fewestToMiss && !sent.some((each) => each.noun === resource && covers(each.path, target)),
  )
  return {
    sent,
    ignored: sent.filter((each) => each.ignoredAt !== null && each.ignoredAt >= each.lastAt),
    missing,
    isConclusive: seen.user >= fewestToMiss,
  }
}

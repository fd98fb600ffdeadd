import { isList, ownValue } from '../../../scim/path/attribute-path.ts'
import { fold } from '../../../scim/text/fold.ts'
import type { JsonValue, Resource } from '../../../scim/json/json.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { applyAddressPattern } from './address-pattern.ts'
import type { ConversionRules, Source } from './conversion-options.ts'
import { mapDomain } from './domain-map.ts'
import { addressParts, isEmailAddress, isShortName } from './email-address.ts'

/** A user as far as its new user ID depends on it alone. */
export interface Candidate {
  readonly userName: string
  readonly isHidden: boolean
  readonly isScimManaged: boolean
  /** The integration that manages the user accepts e-mail addresses alone as userName. */
  readonly mustBeAddress: boolean
  /** Undefined where a disk has spoilt it. */
  readonly resource: Resource | undefined
}

/** What is known of users from elsewhere. */
export interface Lookups {
  /** The new user ID that the admin's list gives for an old one. */
  listed(userName: string): string | undefined
  /** The userName that the user had before an earlier conversion. */
  former(): string | undefined
}

export type NoTargetReason = 'no-source' | 'pattern-incomplete' | 'not-ascii' | 'other-domain' | 'damaged-record'
export type InvalidReason = 'not-an-address' | 'not-a-short-name'
export type ProtectedReason = 'local-administrator' | 'scim-managed' | 'wants-address'

/** What follows for a user from the rules, before others are looked at. */
export type Derived =
  | { readonly basis: 'rename'; readonly origin: Source; readonly target: string }
  | { readonly basis: 'already' }
  | { readonly basis: 'no-address'; readonly reason: NoTargetReason }
  | { readonly basis: 'invalid'; readonly origin: Source; readonly target: string; readonly reason: InvalidReason }
  | { readonly basis: 'protected'; readonly target: string | undefined; readonly reason: ProtectedReason }

type Found =
  | { readonly kind: 'found'; readonly origin: Source; readonly target: string }
  | { readonly kind: 'none'; readonly reason: NoTargetReason }

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** The address that is marked as primary, or the only one there is. */
function primaryEmail(resource: Resource): string | undefined {
  const emails = resource['emails']
  const isOnly = isList(emails) && emails.length === 1
  return emailValue(resource, (each) => isOnly || ownValue(each, 'primary') === true)
}

function emailValue(resource: Resource, isMeant: (element: JsonValue) => boolean): string | undefined {
  const emails = resource['emails']
  if (!isList(emails)) return undefined
  const found = emails.find((each) => isMeant(each) && textOf(ownValue(each, 'value')) !== undefined)
  return textOf(ownValue(found, 'value'))
}

function isWork(element: JsonValue): boolean {
  const type = ownValue(element, 'type')
  return typeof type === 'string' && fold(type) === 'work'
}

/** What one source gives; undefined, or the reason, where it has nothing. */
function ask(
  source: Source,
  userName: string,
  resource: Resource,
  rules: ConversionRules,
  lookups: Lookups,
): string | { readonly reason: NoTargetReason } | undefined {
  switch (source) {
    case 'csv':
      return textOf(lookups.listed(userName))
    case 'primary':
      return inMappedDomain(rules, primaryEmail(resource))
    case 'work':
      return inMappedDomain(rules, emailValue(resource, isWork))
    case 'mapped':
      return mapDomain(rules.domainMap, userName)
    case 'former':
      return lookups.former()
    case 'local-part':
      return addressParts(userName)?.local
    case 'pattern': {
      if (!rules.pattern) return undefined
      const made = applyAddressPattern(rules.pattern, resource, rules.umlauts)
      if (made.kind === 'value') return inMappedDomain(rules, made.text)
      return { reason: made.kind === 'incomplete' ? 'pattern-incomplete' : 'not-ascii' }
    }
    default:
      return unreachable(source)
  }
}

function inMappedDomain(rules: ConversionRules, address: string | undefined): string | undefined {
  return address === undefined ? undefined : (mapDomain(rules.domainMap, address) ?? address)
}

function findTarget({ userName }: Candidate, resource: Resource, rules: ConversionRules, lookups: Lookups): Found {
  let reason: NoTargetReason = 'no-source'
  for (const origin of rules.sources) {
    const answer = ask(origin, userName, resource, rules, lookups)
    if (typeof answer === 'string') return { kind: 'found', origin, target: answer }
    if (answer) ({ reason } = answer)
  }
  return { kind: 'none', reason }
}

/** Whether the userName is of the wanted form. What the admin's list or the map of domains names is converted all the same. */
function isSettled(candidate: Candidate, rules: ConversionRules, lookups: Lookups): boolean {
  const { userName } = candidate
  if (rules.sources.includes('csv') && textOf(lookups.listed(userName)) !== undefined) return false
  if (rules.direction === 'to-short-name') return !userName.includes('@')
  return isEmailAddress(userName) && mapDomain(rules.domainMap, userName) === undefined
}

/** Towards short names with a domain, addresses of other domains stay. */
function isElsewhere({ userName }: Candidate, rules: ConversionRules): boolean {
  const { domain } = rules
  if (rules.direction !== 'to-short-name' || domain === undefined) return false
  return fold(addressParts(userName)?.domain ?? '') !== fold(domain)
}

/** Finds the new user ID of one user, or why it has none. */
export function deriveTarget(candidate: Candidate, rules: ConversionRules, lookups: Lookups): Derived {
  const { direction } = rules
  const { resource } = candidate
  if (candidate.isHidden) return { basis: 'protected', target: undefined, reason: 'local-administrator' }
  if (isSettled(candidate, rules, lookups)) return { basis: 'already' }
  if (resource === undefined) return { basis: 'no-address', reason: 'damaged-record' }
  const found = findTarget(candidate, resource, rules, lookups)
  const target = found.kind === 'found' ? found.target : undefined
  if (target === candidate.userName) return { basis: 'already' }
  if (candidate.isScimManaged && !rules.includeScim) return { basis: 'protected', target, reason: 'scim-managed' }
  if (candidate.mustBeAddress && direction === 'to-short-name')
    return { basis: 'protected', target, reason: 'wants-address' }
  if (isElsewhere(candidate, rules) && found.kind === 'found' && found.origin !== 'csv')
    return { basis: 'no-address', reason: 'other-domain' }
  if (found.kind === 'none') return { basis: 'no-address', reason: found.reason }
  const problem = targetProblem(direction, found.target)
  return problem === undefined
    ? { basis: 'rename', origin: found.origin, target: found.target }
    : { basis: 'invalid', origin: found.origin, target: found.target, reason: problem }
}

/** Why a text cannot be a user ID of the wanted form, if so. */
export function targetProblem(direction: ConversionRules['direction'], target: string): InvalidReason | undefined {
  if (direction === 'to-address') return isEmailAddress(target) ? undefined : 'not-an-address'
  return isShortName(target) ? undefined : 'not-a-short-name'
}

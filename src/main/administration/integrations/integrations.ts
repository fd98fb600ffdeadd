import { changePolicy, defaultPolicy, parsePolicy, type Policy } from '../../directory/policy.ts'
import { fold } from '../../../scim/text/fold.ts'
import { isVisible } from '../../../scim/text/visible-text.ts'
import type { IntegrationRow } from '../../store/configuration/integrations.ts'
import type { UserRow } from '../../store/resources/users.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { indexMatchingAttribute } from '../lookup-indexes.ts'
import { requireMatchingAttribute } from '../matching-attribute.ts'
import { recordIntegrationChange } from './record-integration-change.ts'
import { Refusal } from '../refusal.ts'
import { slugShape } from './slug.ts'
import { unknownIntegration } from './unknown-integration.ts'

/** Path segments that mean something else in a SCIM URL, or in one of the console. */
const reservedSlugs: ReadonlySet<string> = new Set([
  'v2',
  'users',
  'groups',
  'schemas',
  'resourcetypes',
  'bulk',
  'me',
  'serviceproviderconfig',
  'new',
])

const longestName = 200

/** A slug made of a name: `Entra ID (prod)` → `entra-id-prod`, `Büro` → `buro`. */
function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-zA-Z0-9]+/g, '-')
  return plain
    .toLowerCase()
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '')
}

/** The row of an integration. Throws `Refusal` for an unknown slug. */
export function integrationRow(scope: AdministrationScope, slug: string): IntegrationRow {
  const row = scope.store.integrations.bySlug(slug)
  if (!row) throw unknownIntegration(slug)
  return row
}

export interface NewIntegration {
  readonly directory: string
  readonly name: string
  readonly idp: string
  readonly slug: string | undefined
  /** The prefix of its first token, whose hash is in the vault already. */
  readonly tokenPrefix?: string
}

function freeSlug(scope: AdministrationScope, name: string): string {
  const wanted = slugOf(name) || 'integration'
  const base = reservedSlugs.has(wanted) ? `${wanted}-idp` : wanted
  let slug = base
  for (let n = 2; scope.store.integrations.bySlug(slug); n += 1) slug = `${base.slice(0, 58)}-${n}`
  return slug
}

/** Throws `Refusal`, at the field, for a name that no integration can have. */
function requireName(name: string): void {
  const problem = nameProblem(name)
  if (problem !== undefined) throw new Refusal(problem, 'other', [{ path: 'name', problem }])
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'An integration needs a name.'
  if (!isVisible(name)) return 'An integration needs a name that can be seen.'
  if (/\p{Cc}/u.test(name))
    return 'The name of an integration cannot contain tabs, line breaks and other control characters.'
  return name.length > longestName
    ? `The name of an integration can have at most ${longestName} characters; this one has ${name.length}.`
    : undefined
}

/** Whom a new integration acts as: the oldest Administrator who can be acted as, mostly the one that the directory began with, or else a User Manager. */
function firstToActAs({ store }: AdministrationScope, directoryId: number) {
  const byAge = store.rosters.administrators(directoryId).toSorted((one, other) => one.seq - other.seq)
  return byAge.find(({ role }) => role === 'administrator') ?? byAge[0]
}

/** Creates an integration, with its first token where one is given. It acts as the first Administrator until another is chosen. */
export function createIntegration(
  scope: AdministrationScope,
  input: NewIntegration,
): { readonly id: number; readonly slug: string } {
  const name = input.name.trim()
  requireName(name)
  const slug = input.slug ?? freeSlug(scope, name)
  if (!slugShape.test(slug))
    throw new Refusal(
      `The slug "${slug}" cannot stand in a URL: use lower-case letters, digits and hyphens, at most 63.`,
    )
  if (reservedSlugs.has(slug)) throw new Refusal(`The slug "${slug}" means something else in URLs. Choose another one.`)
  if (scope.store.integrations.bySlug(slug))
    throw new Refusal(`There is an integration "${slug}" already. Choose another --slug.`)
  const directoryId = directoryIdOf(scope, input.directory)
  const administrator = firstToActAs(scope, directoryId)
  if (!administrator)
    throw new Refusal(
      `The directory "${input.directory}" has no active local Administrator or User Manager to act as. Make somebody Administrator first.`,
    )
  const id = scope.store.integrations.insert({
    directory_id: directoryId,
    slug,
    name,
    idp: input.idp,
    administrator_seq: administrator.seq,
    policy: JSON.stringify(defaultPolicy),
    created_at: scope.now,
  })
  if (input.tokenPrefix !== undefined) scope.store.tokens.insert(id, input.tokenPrefix, scope.now, null)
  return { id, slug }
}

/** Gives an integration another name for people; its slug stays, which is in the URL that its IdP has been given. */
export function renameIntegration(
  scope: AdministrationScope,
  input: { readonly slug: string; readonly name: string },
): { readonly slug: string; readonly name: string } {
  const row = integrationRow(scope, input.slug)
  const name = input.name.trim()
  requireName(name)
  const other = scope.store.integrations.all().find((each) => each.id !== row.id && fold(each.name) === fold(name))
  if (other) {
    const problem = `The integration "${other.slug}" has that name already. Choose another one.`
    throw new Refusal(problem, 'other', [{ path: 'name', problem }])
  }
  if (name !== row.name) {
    scope.store.integrations.rename(row.id, name)
    recordIntegrationChange(scope, row, 'rename', { name: [row.name, name] })
  }
  return { slug: row.slug, name }
}

/** Enables, disables, pauses or resumes. */
export function setIntegrationState(
  scope: AdministrationScope,
  input: { readonly slug: string; readonly state: 'enabled' | 'disabled' | 'paused' | 'resumed' },
): void {
  const { id } = integrationRow(scope, input.slug)
  const { integrations } = scope.store
  if (input.state === 'enabled' || input.state === 'disabled') integrations.setEnabled(id, input.state === 'enabled')
  else integrations.setPaused(id, input.state === 'paused' ? scope.now : null)
}

interface PolicyChange {
  readonly slug: string
  readonly changes: readonly { readonly name: string; readonly value: string }[]
  /** The userName of whom it acts as from now on. */
  readonly administrator?: string
}

/** Changes named values of the policy, and whom the integration acts as; returns the whole policy. */
export function setPolicy(scope: AdministrationScope, input: PolicyChange): Policy {
  const row = integrationRow(scope, input.slug)
  const before = parsePolicy(row.policy)
  let policy = before
  for (const { name, value } of input.changes) {
    const changed = changePolicy(policy, name, value)
    if (!changed.ok) throw new Refusal(changed.problem)
    policy = changed.policy
  }
  if (policy.matchingAttribute !== before.matchingAttribute) {
    requireMatchingAttribute(writeScopeOf(scope, row.directory_id).models.user, policy.matchingAttribute)
    indexMatchingAttribute(scope, row.directory_id, policy.matchingAttribute)
  }
  scope.store.integrations.setPolicy(row.id, JSON.stringify(policy))
  if (input.administrator !== undefined) actAs(scope, row, input.administrator)
  return policy
}

/** Chooses whom an integration acts as. */
export function setAdministrator(
  scope: AdministrationScope,
  input: { readonly slug: string; readonly userName: string },
): void {
  actAs(scope, integrationRow(scope, input.slug), input.userName)
}

function actAs(scope: AdministrationScope, row: IntegrationRow, userName: string): void {
  const user = scope.store.users.byUserNameKey(row.directory_id, fold(userName))
  const problem = user ? whyNotActedAs(user) : `There is no user "${userName}".`
  if (problem !== undefined) throw new Refusal(problem, 'other', [{ path: 'administrator', problem }])
  if (user) scope.store.integrations.setAdministrator(row.id, user.seq)
}

/** An integration acts as an active local user who is Administrator or User Manager. */
function whyNotActedAs(user: UserRow): string | undefined {
  if (user.role === 'user')
    return `"${user.user_name}" is neither Administrator nor User Manager, so no integration can act as that user.`
  if (user.source !== 'local') return `"${user.user_name}" is managed by SCIM. Choose a local user.`
  if (user.active === 0) return `"${user.user_name}" is deactivated. Choose an active user.`
  return undefined
}

import { invalidValue, uniqueness } from '../../../scim/error.ts'
import { fold } from '../../../scim/text/fold.ts'
import { isJsonObject, type Resource } from '../../../scim/json/json.ts'
import { sameResource } from '../../../scim/resource-equality.ts'
import type { ChangeAction } from '../../store/resources/changes.ts'
import { withExternalId } from '../../store/resources/external-ids.ts'
import { newResourceId } from '../../store/resources/resource-id.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { externalIdOf } from '../../store/resources/resource-row.ts'
import type { Role, Source, UserRow } from '../../store/resources/users.ts'
import { besideDocument, damagedUser, userDocument } from '../user-document.ts'
import { attributeChanges } from './attribute-changes.ts'
import { recordDrift, settleRenamed } from '../drift.ts'
import { lookupKeysOf } from './lookup-keys.ts'
import { hereAlready } from './here-already.ts'
import { noteRepeatedExternalId } from './note-external-id.ts'
import { recordChange } from './record-change.ts'
import type { WriteScope } from './write-scope.ts'

/** What a resource's row and its derived index rows are made of. */
interface UserColumns {
  readonly userName: string
  readonly userNameKey: string
  readonly displayNameKey: string | null
  readonly active: number
  readonly externalId: string | undefined
  readonly emailKeys: readonly string[]
  readonly doc: string
}

/** The e-mail values that the index of them holds: one that is the userName too is found by that. */
function indexedKeys(emailKeys: readonly string[], userNameKey: string): readonly string[] {
  return emailKeys.includes(userNameKey) ? emailKeys.filter((key) => key !== userNameKey) : emailKeys
}

/** The folded e-mail values of a resource, each once. */
export function emailKeysOf(resource: Resource): readonly string[] {
  const emails = resource['emails']
  if (!Array.isArray(emails)) return []
  const keys = new Set<string>()
  for (const email of emails) {
    const value: unknown = isJsonObject(email) ? email['value'] : undefined
    if (typeof value === 'string') keys.add(fold(value))
  }
  return [...keys]
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u

/**
 * Throws invalidValue where the integration's policy wants a userName to be an e-mail address. It is asked of new names alone: who has
 * another one already must not be kept from being deactivated by it.
 */
function requireAddress(scope: WriteScope, userName: string): void {
  if (!scope.policy.userNameMustBeEmail || emailShape.test(userName)) return
  scope.notes.add({ step: 'rule', code: 'address-required', path: 'userName', seen: userName })
  throw invalidValue(
    `The userName "${userName}" is not an e-mail address, which this integration requires. Map an attribute that holds one onto userName.`,
  )
}

/** Takes a normalised resource apart. */
function columnsOf(resource: Resource): UserColumns {
  const { schemas, externalId, active, ...rest } = resource
  const userName = textOf(resource['userName']) ?? ''
  const displayName = textOf(resource['displayName'])
  const isActive = active !== false
  return {
    userName,
    userNameKey: fold(userName),
    displayNameKey: displayName === undefined ? null : fold(displayName),
    active: isActive ? 1 : 0,
    externalId: textOf(externalId),
    emailKeys: emailKeysOf(resource),
    doc: JSON.stringify({ schemas, active: isActive, ...rest }),
  }
}

function withOwnExternalId(document: Resource, row: UserRow, integrationId: number | undefined): Resource {
  const externalId = integrationId === undefined ? undefined : externalIdOf(row, integrationId)
  return externalId === undefined ? document : { ...document, externalId }
}

/** The stored document with the caller's externalId put back: what PATCH works on. Throws `ScimError` for one that a disk has spoilt. */
export function userResource(row: UserRow, integrationId: number | undefined): Resource {
  const document = userDocument(row)
  if (!document) throw damagedUser(row)
  return withOwnExternalId(document, row, integrationId)
}

/**
 * The same for a change that leaves nothing of it. Of a document that a disk has spoilt it is what the row says beside it, without the `schemas`
 * that every whole one has; what the indexes hold of it cannot be told from it any more, and is taken out.
 */
export function outgoingResource(scope: WriteScope, row: UserRow): Resource {
  const document = userDocument(row)
  if (document) return withOwnExternalId(document, row, scope.integrationId)
  scope.store.emails.forgetUser(scope.directoryId, row.seq)
  for (const { id } of scope.indexes) scope.store.lookupIndexes.forgetUser(id, row.seq)
  return withOwnExternalId(besideDocument(row), row, scope.integrationId)
}

/** Refuses a userName that somebody who is not archived has, compared by folded text. `ownSeq` is undefined for who is to be created. */
function refuseTaken(scope: WriteScope, columns: UserColumns, ownSeq: number | undefined): void {
  const { userName, userNameKey, externalId } = columns
  const other = scope.store.users.byUserNameKey(scope.directoryId, userNameKey)
  if (!other || other.seq === ownSeq) return
  const isOutOfSight = other.hidden === 1 && scope.integrationId !== undefined
  const code = isOutOfSight ? 'administrator-has-name' : 'uniqueness-refused'
  scope.notes.add({ step: 'rule', code, path: 'userName', seen: userName })
  if (isOutOfSight)
    throw uniqueness(
      `The userName "${userName}" belongs to a local administrator, whom SCIM neither shows nor changes. Give one of the two another userName.`,
    )
  const same = ownSeq === undefined ? hereAlready(scope, other, externalId, other.active === 0) : ''
  throw uniqueness(`The userName "${userName}" is already taken by the user with the id ${other.id}${same}.`)
}

/** Throws `ScimError` uniqueness when somebody has the userName of a normalised resource. */
export function refuseTakenUserName(scope: WriteScope, resource: Resource): void {
  refuseTaken(scope, columnsOf(resource), undefined)
}

export interface Standing {
  readonly source: Source
  readonly role: Role
}

/** Local administrators are out of SCIM's sight. */
export function isHidden(standing: Standing): boolean {
  return standing.source === 'local' && standing.role === 'administrator'
}

/** Inserts a normalised resource with everything derived from it. Throws `ScimError` uniqueness. */
export function insertUser(
  scope: WriteScope,
  resource: Resource,
  standing: Standing,
  action: ChangeAction = 'create',
): UserRow {
  const { store, directoryId, integrationId, now } = scope
  const columns = columnsOf(resource)
  requireAddress(scope, columns.userName)
  refuseTaken(scope, columns, undefined)
  const hidden = isHidden(standing)
  const externalId = integrationId === undefined ? undefined : columns.externalId
  const { seq, createdAt } = store.users.nextPlace(now)
  const id = newResourceId(seq, now)
  const row: UserRow = {
    seq,
    id,
    directory_id: directoryId,
    user_name: columns.userName,
    user_name_key: columns.userNameKey,
    display_name_key: columns.displayNameKey,
    active: columns.active,
    source: standing.source,
    role: standing.role,
    managed_by: standing.source === 'scim' ? (integrationId ?? null) : null,
    hidden: hidden ? 1 : 0,
    version: 1,
    created_at: createdAt,
    modified_at: createdAt,
    archived_at: null,
    last_change: recordChange(scope, kinds.User, { id, last_change: null }, action, undefined),
    external_ids:
      integrationId === undefined || externalId === undefined ? null : withExternalId(null, integrationId, externalId),
    doc: columns.doc,
    in_groups: 0,
  }
  store.users.insert(row)
  if (integrationId !== undefined) store.externalIds.update(integrationId, kinds.User, seq, undefined, externalId)
  noteRepeatedExternalId(scope, kinds.User, seq, externalId)
  store.emails.update(directoryId, seq, [], indexedKeys(columns.emailKeys, columns.userNameKey))
  for (const index of scope.indexes) store.lookupIndexes.update(index.id, seq, [], lookupKeysOf(index, resource))
  if (!hidden) store.positions.count(directoryId, kinds.User, seq, 1)
  return row
}

/**
 * Gives a user another userName and changes nothing else, at less cost than {@link updateUser}. That nobody has it is for the caller to
 * know: the store throws where somebody does.
 */
export function renameUser(scope: WriteScope, before: UserRow, userName: string): UserRow {
  const { store, directoryId, now } = scope
  const stored = userResource(before, undefined)
  const attributes = JSON.stringify({ userName: [before.user_name, userName] })
  const after: UserRow = {
    ...before,
    user_name: userName,
    user_name_key: fold(userName),
    doc: JSON.stringify({ ...stored, userName }),
    modified_at: Math.max(now, before.modified_at),
    version: before.version + 1,
    last_change: recordChange(scope, kinds.User, before, 'rename', attributes),
  }
  store.users.update(before, after)
  const emailKeys = emailKeysOf(stored)
  store.emails.update(
    directoryId,
    before.seq,
    indexedKeys(emailKeys, before.user_name_key),
    indexedKeys(emailKeys, after.user_name_key),
  )
  if (before.source === 'scim') settleRenamed(scope, before.seq, userName)
  return after
}

/**
 * Writes a changed resource over a row, with everything derived from it. Returns the row unchanged, and writes nothing, when the resource
 * is what is stored already. Who has read `stored` from the row to make the resource passes it on: it is not parsed again, and what the
 * two have in common need not be compared. Throws `ScimError` uniqueness.
 */
export function updateUser(
  scope: WriteScope,
  before: UserRow,
  resource: Resource,
  action: ChangeAction,
  stored = userResource(before, scope.integrationId),
): UserRow {
  const { store, directoryId, integrationId, now } = scope
  if (sameResource(stored, resource)) return before
  const columns = columnsOf(resource)
  if (columns.userName !== before.user_name) requireAddress(scope, columns.userName)
  if (columns.userNameKey !== before.user_name_key) refuseTaken(scope, columns, before.seq)
  const externalIds =
    integrationId === undefined
      ? before.external_ids
      : withExternalId(before.external_ids, integrationId, columns.externalId)
  // A local user that an IdP writes to is SCIM-managed from then on. One with a role stays local, for an integration may act as it.
  const isAdopted = integrationId !== undefined && before.source === 'local' && before.role === 'user'
  if (isAdopted) scope.notes.add({ step: 'rule', code: 'adopted', seen: before.user_name })
  const after: UserRow = {
    ...before,
    ...(isAdopted ? { source: 'scim', hidden: 0, managed_by: integrationId } : {}),
    user_name: columns.userName,
    user_name_key: columns.userNameKey,
    display_name_key: columns.displayNameKey,
    active: columns.active,
    external_ids: externalIds,
    doc: columns.doc,
    modified_at: Math.max(now, before.modified_at),
    version: before.version + 1,
    last_change: recordChange(scope, kinds.User, before, action, attributeChanges(stored, resource)),
  }
  store.users.update(before, after)
  if (after.active !== before.active)
    scope.notes.add({
      step: 'change',
      code: after.active === 1 ? 'reactivated' : 'deactivated',
      seen: before.id,
    })
  if (isAdopted) store.users.updateStanding(before.seq, after)
  if (integrationId !== undefined)
    store.externalIds.update(integrationId, kinds.User, before.seq, textOf(stored['externalId']), columns.externalId)
  if (columns.externalId !== stored['externalId'])
    noteRepeatedExternalId(scope, kinds.User, before.seq, columns.externalId)
  store.emails.update(
    directoryId,
    before.seq,
    indexedKeys(emailKeysOf(stored), before.user_name_key),
    indexedKeys(columns.emailKeys, columns.userNameKey),
  )
  for (const index of scope.indexes)
    store.lookupIndexes.update(index.id, before.seq, lookupKeysOf(index, stored), lookupKeysOf(index, resource))
  if (integrationId === undefined && before.source === 'scim')
    recordDrift(scope, kinds.User, before.seq, stored, { active: true, ...resource })
  return after
}

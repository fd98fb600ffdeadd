import { uniqueness } from '../../../scim/error.ts'
import { fold } from '../../../scim/text/fold.ts'
import { isJsonObject, jsonIn, type Resource } from '../../../scim/json/json.ts'
import { sameResource } from '../../../scim/resource-equality.ts'
import { groupSchemaUrn } from '../../../scim/urn.ts'
import type { ChangeAction } from '../../store/resources/changes.ts'
import { withExternalId } from '../../store/resources/external-ids.ts'
import type { GroupRow } from '../../store/resources/groups.ts'
import { newResourceId } from '../../store/resources/resource-id.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { externalIdOf } from '../../store/resources/resource-row.ts'
import type { Source } from '../../store/resources/users.ts'
import { attributeChanges } from './attribute-changes.ts'
import { recordDrift } from '../drift.ts'
import { hereAlready } from './here-already.ts'
import { noteRepeatedExternalId } from './note-external-id.ts'
import { recordChange } from './record-change.ts'
import type { WriteScope } from './write-scope.ts'

interface GroupColumns {
  readonly displayName: string
  readonly displayNameKey: string
  readonly externalId: string | undefined
  readonly doc: string
}

function columnsOf(resource: Resource): GroupColumns {
  const { schemas, externalId, members: _members, ...rest } = resource
  const displayName = typeof resource['displayName'] === 'string' ? resource['displayName'] : ''
  return {
    displayName,
    displayNameKey: fold(displayName),
    externalId: typeof externalId === 'string' ? externalId : undefined,
    doc: JSON.stringify({ schemas, ...rest }),
  }
}

/** The document of a stored group; undefined for one that a disk has spoilt. */
function groupDocument({ doc }: GroupRow): Resource | undefined {
  const document = jsonIn(doc)
  return isJsonObject(document) ? document : undefined
}

/**
 * The stored document with the caller's externalId put back, without members. One that a disk has spoilt held hardly more than the name, which
 * the row has too.
 */
export function groupResource(row: GroupRow, integrationId: number | undefined): Resource {
  const document = groupDocument(row) ?? { schemas: [groupSchemaUrn], displayName: row.display_name }
  const externalId = integrationId === undefined ? undefined : externalIdOf(row, integrationId)
  return externalId === undefined ? document : { ...document, externalId }
}

function refuseTaken(scope: WriteScope, columns: GroupColumns, ownSeq: number | undefined): void {
  const { displayName, displayNameKey, externalId } = columns
  const other = scope.store.groups.byDisplayNameKey(scope.directoryId, displayNameKey)
  if (!other || other.seq === ownSeq) return
  scope.notes.add({ step: 'rule', code: 'uniqueness-refused', path: 'displayName', seen: displayName })
  const same = ownSeq === undefined ? hereAlready(scope, other, externalId, false) : ''
  throw uniqueness(`The displayName "${displayName}" is already taken by the group with the id ${other.id}${same}.`)
}

/** Throws `ScimError` uniqueness when a group has the displayName of a normalised resource. */
export function refuseTakenDisplayName(scope: WriteScope, resource: Resource): void {
  refuseTaken(scope, columnsOf(resource), undefined)
}

/** Inserts a normalised group; its members are added by membership.ts. Throws `ScimError` uniqueness. */
export function insertGroup(scope: WriteScope, resource: Resource, source: Source): GroupRow {
  const { store, directoryId, integrationId, now } = scope
  const columns = columnsOf(resource)
  refuseTaken(scope, columns, undefined)
  const externalId = integrationId === undefined ? undefined : columns.externalId
  const { seq, createdAt } = store.groups.nextPlace(now)
  const id = newResourceId(seq, now)
  const row: GroupRow = {
    seq,
    id,
    directory_id: directoryId,
    display_name: columns.displayName,
    display_name_key: columns.displayNameKey,
    source,
    managed_by: integrationId ?? null,
    version: 1,
    created_at: createdAt,
    modified_at: createdAt,
    archived_at: null,
    last_change: recordChange(scope, kinds.Group, { id, last_change: null }, 'create', undefined),
    external_ids:
      integrationId === undefined || externalId === undefined ? null : withExternalId(null, integrationId, externalId),
    doc: columns.doc,
    in_groups: 0,
  }
  store.groups.insert(row)
  if (integrationId !== undefined) store.externalIds.update(integrationId, kinds.Group, seq, undefined, externalId)
  noteRepeatedExternalId(scope, kinds.Group, seq, externalId)
  store.positions.count(directoryId, kinds.Group, seq, 1)
  return row
}

/**
 * Writes a changed group over a row; returns the row unchanged when nothing differs and it can be read. `stored` is what was read from the row to make the
 * resource. Throws `ScimError` uniqueness.
 */
export function updateGroup(
  scope: WriteScope,
  before: GroupRow,
  resource: Resource,
  action: ChangeAction,
  stored = groupResource(before, scope.integrationId),
): GroupRow {
  const { store, integrationId, now } = scope
  const { members: _members, ...own } = resource
  if (sameResource(stored, own) && groupDocument(before)) return before
  const columns = columnsOf(own)
  if (columns.displayNameKey !== before.display_name_key) refuseTaken(scope, columns, before.seq)
  const after: GroupRow = {
    ...before,
    display_name: columns.displayName,
    display_name_key: columns.displayNameKey,
    external_ids:
      integrationId === undefined
        ? before.external_ids
        : withExternalId(before.external_ids, integrationId, columns.externalId),
    doc: columns.doc,
    modified_at: Math.max(now, before.modified_at),
    version: before.version + 1,
    last_change: recordChange(scope, kinds.Group, before, action, attributeChanges(stored, own)),
  }
  store.groups.update(before.seq, after)
  if (integrationId !== undefined) {
    const externalId = typeof stored['externalId'] === 'string' ? stored['externalId'] : undefined
    store.externalIds.update(integrationId, kinds.Group, before.seq, externalId, columns.externalId)
    if (columns.externalId !== externalId) noteRepeatedExternalId(scope, kinds.Group, before.seq, columns.externalId)
  }
  if (integrationId === undefined && before.source === 'scim') recordDrift(scope, kinds.Group, before.seq, stored, own)
  return after
}

import type { GroupRow } from '../../store/resources/groups.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { ResourceRow } from '../../store/resources/resource-row.ts'
import { damagedUser, shownDocument } from '../user-document.ts'
import { groupResource } from '../write/group-record.ts'
import type { ReadScope } from './read-scope.ts'

/**
 * A user that is read alone; throws `ScimError` 500 where a disk has spoilt its record. Whoever reads one by its id takes what is missing for empty,
 * and would write that elsewhere; and 404 would have it created anew.
 */
export function wholeUser({ reads, directoryId }: ReadScope, row: ResourceRow): ResourceRow {
  if (reads.userDocuments.damagedAmong([row]).size === 0) return row
  const user = reads.users.any(directoryId, row.id)
  if (user) throw damagedUser(user)
  return row
}

/** What is shown in place of a row whose document a disk has spoilt: what stands beside it. */
function standIn({ reads, directoryId }: ReadScope, resource: ResourceName, row: ResourceRow): ResourceRow {
  const user = resource === 'User' ? reads.users.any(directoryId, row.id) : undefined
  const group = resource === 'Group' ? reads.groups.any(directoryId, row.id) : undefined
  const shown = user ? shownDocument(user) : group && groupResource(group, undefined)
  return shown ? { ...row, doc: JSON.stringify(shown) } : row
}

/**
 * The rows of a list as they can be written out. Of a user whose record a disk has spoilt there is what stands beside it: were it left out, it
 * would be created anew or taken for deleted, and an error would keep the others from being read (decision 160).
 */
export function shownRows(
  scope: ReadScope,
  resource: ResourceName,
  rows: readonly ResourceRow[],
): readonly ResourceRow[] {
  const documents = resource === 'User' ? scope.reads.userDocuments : scope.reads.groupDocuments
  const damaged = documents.damagedAmong(rows)
  if (damaged.size === 0) return rows
  scope.notes.add({ step: 'match', code: 'damaged-records', path: resource, count: damaged.size })
  return rows.map((row) => (damaged.has(row.seq) ? standIn(scope, resource, row) : row))
}

/** The same for a group that is read alone: its record holds hardly more than the name, which the row has too, and a PATCH heals it. */
export function shownGroup(scope: ReadScope, row: GroupRow): ResourceRow {
  return shownRows(scope, 'Group', [row])[0] ?? row
}

import type { JsonValue } from '../../../scim/json/json.ts'
import { loadDirectoryConfig } from '../../directory/directory-config.ts'
import { idpValueOf } from '../../directory/drift.ts'
import { groupResource } from '../../directory/write/group-record.ts'
import { valuesOf } from '../../directory/resource-values.ts'
import { userDocument } from '../../directory/user-document.ts'
import type { DriftedRow } from '../../store/resources/drift.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import type { StoreReads } from '../../store/store-reads.ts'

/** An attribute that is here as somebody set it by hand, and not as the IdP wrote it. */
export interface DriftedAttribute {
  /** `members` stands for the members of a group that were put in or taken out. */
  readonly name: string
  /** As the IdP left it; null where it was absent. Of members, the names of those that a person took out. */
  readonly written: JsonValue
  /** Of members, the names of those that a person put in. */
  readonly now: JsonValue
}

/** A SCIM-managed user or group of which something was edited by hand that its IdP has not written since; see directory/drift.ts. */
export interface Drift {
  readonly resource: 'User' | 'Group'
  readonly id: string
  readonly name: string
  readonly attributes: readonly DriftedAttribute[]
  /** The first of these edits. */
  readonly since: number
  readonly lastActor: string
  /** The integration whose IdP manages it. */
  readonly integrationId: number | undefined
}

/** So many members of a group are named. */
const mostMembers = 100

/** What is not as the IdPs of a directory wrote it, the latest edit first, at most `limit` users and groups. */
export function driftOf(reads: StoreReads, directoryId: number, limit: number): readonly Drift[] {
  const rows = reads.drift.ofDirectory(directoryId, limit)
  const models = rows.length === 0 ? undefined : loadDirectoryConfig(reads).models.get(directoryId)
  if (models === undefined) return []

  function valuesNow(row: DriftedRow): ReadonlyMap<string, JsonValue> | undefined {
    if (row.kind === kinds.User) {
      const user = reads.users.any(directoryId, row.id)
      const resource = user && userDocument(user)
      return resource && models && valuesOf(models.user, resource)
    }
    const group = reads.groups.any(directoryId, row.id)
    return group && models && valuesOf(models.group, groupResource(group, undefined))
  }

  function membersOf(row: DriftedRow): readonly DriftedAttribute[] {
    if (row.kind === kinds.User) return []
    const members = reads.drift.members(row.seq, mostMembers)
    const names = (had: number) =>
      members.filter((each) => each.was_member === had).map((each) => each.name ?? each.id ?? 'somebody who is gone')
    return members.length === 0 ? [] : [{ name: 'members', written: names(1), now: names(0) }]
  }

  return rows.map((row) => {
    const values = valuesNow(row)
    return {
      resource: row.kind === kinds.User ? 'User' : 'Group',
      id: row.id,
      name: row.name,
      attributes: [
        ...reads.drift.ofResource(row.kind, row.seq).map((each) => ({
          name: each.attribute,
          written: idpValueOf(each) ?? null,
          now: values?.get(each.attribute) ?? null,
        })),
        ...membersOf(row),
      ],
      since: row.since,
      lastActor: row.actor,
      integrationId: row.managed_by ?? undefined,
    }
  })
}

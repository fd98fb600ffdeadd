import { readableDocument } from './readable-document.ts'
import type { Connection } from '../file/open-database.ts'
import type { ResourceKind } from './resource-kind.ts'

/** An attribute that a person changed and that the IdP has not written since. */
export interface DriftRow {
  readonly attribute: string
  /** JSON text of what the IdP wrote last; null where that was nothing. */
  readonly idp_value: string | null
  readonly at: number
  readonly actor: string
}

/** A member that a person put into a group of an IdP (`was_member` 0) or took out of it (1). */
export interface MemberDriftRow {
  readonly kind: ResourceKind
  readonly member_seq: number
  readonly was_member: number
  readonly at: number
  readonly actor: string
  /** Of the member; null when it is gone. */
  readonly id: string | null
  readonly name: string | null
  /** SCIM does not see the member. */
  readonly is_out_of_sight: number
}

/** A user or group that has drifted. Times are ms since the epoch. */
export interface DriftedRow {
  readonly kind: ResourceKind
  readonly seq: number
  readonly id: string
  /** userName or displayName. */
  readonly name: string
  /** The integration whose IdP manages it. */
  readonly managed_by: number | null
  /** The first edit that still counts. */
  readonly since: number
  /** Who made the last one. */
  readonly actor: string
}

export function prepareDriftReads(connection: Connection) {
  // Of almost every resource there is none, which takes a fifteenth of the time to see in this way.
  const someOfResource = connection.prepare<[number, number]>('select 1 from drift where kind = ? and seq = ? limit 1')
  const ofResource = connection.prepare<[number, number], DriftRow>(
    'select attribute, idp_value, at, actor from drift where kind = ? and seq = ? order by attribute',
  )
  const members = connection.prepare<[number, number], MemberDriftRow>(
    `select d.kind, d.member_seq, d.was_member, d.at, d.actor,
       case d.kind when 0 then u.id else g.id end as id,
       case d.kind when 0 then coalesce((${readableDocument('u.doc')}) ->> '$.displayName', u.user_name) else g.display_name end as name,
       case d.kind when 0 then u.archived_at is not null or u.hidden = 1 else g.archived_at is not null end as is_out_of_sight
     from member_drift d
       left join users u on d.kind = 0 and u.seq = d.member_seq
       left join groups g on d.kind = 1 and g.seq = d.member_seq
     where d.group_seq = ? order by d.kind, d.member_seq limit ?`,
  )
  const memberCount = connection
    .prepare<[number], number>('select count(*) from member_drift where group_seq = ?')
    .pluck()
  // Of what is grouped, SQLite takes a bare column from the row that has the maximum.
  const ofDirectory = connection.prepare<[number, number, number], DriftedRow>(
    `with edits as (
       select kind, seq, at, actor from drift
       union all
       select 1, group_seq, at, actor from member_drift
     ), latest as (
       select kind, seq, min(at) as since, max(at) as at, actor from edits group by kind, seq
     )
     select latest.kind, latest.seq, users.id, users.user_name as name, users.managed_by, latest.since, latest.actor, latest.at
       from latest cross join users on users.seq = latest.seq
       where latest.kind = 0 and users.directory_id = ? and users.source = 'scim' and users.archived_at is null
     union all
     select latest.kind, latest.seq, groups.id, groups.display_name, groups.managed_by, latest.since, latest.actor, latest.at
       from latest cross join groups on groups.seq = latest.seq
       where latest.kind = 1 and groups.directory_id = ? and groups.source = 'scim' and groups.archived_at is null
     order by latest.at desc, latest.seq desc limit ?`,
  )
  return {
    /** Those of a directory, the last edited first. */
    ofDirectory: (directoryId: number, limit: number) => ofDirectory.all(directoryId, directoryId, limit),
    ofResource: (kind: ResourceKind, seq: number) =>
      someOfResource.get(kind, seq) === undefined ? [] : ofResource.all(kind, seq),
    members: (groupSeq: number, limit: number) => members.all(groupSeq, limit),
    memberCount: (groupSeq: number) => memberCount.get(groupSeq) ?? 0,
  }
}

export function prepareDriftWrites(connection: Connection) {
  const one = connection
    .prepare<[number, number, string], string | null>(
      'select idp_value from drift where kind = ? and seq = ? and attribute = ?',
    )
    .pluck()
  const put = connection.prepare(
    `insert into drift (kind, seq, attribute, idp_value, at, actor) values (?, ?, ?, ?, ?, ?)
     on conflict do update set at = excluded.at, actor = excluded.actor`,
  )
  const setIdpValue = connection.prepare('update drift set idp_value = ? where kind = ? and seq = ? and attribute = ?')
  const remove = connection.prepare('delete from drift where kind = ? and seq = ? and attribute = ?')
  const removeAll = connection.prepare('delete from drift where kind = ? and seq = ?')
  const removeAttribute = connection.prepare(
    'delete from drift where kind = 0 and attribute = ? and (select directory_id from users where seq = drift.seq) = ?',
  )
  const oneMember = connection
    .prepare<[number, number, number], number>(
      'select was_member from member_drift where group_seq = ? and kind = ? and member_seq = ?',
    )
    .pluck()
  const putMember = connection.prepare(
    'insert into member_drift (group_seq, kind, member_seq, was_member, at, actor) values (?, ?, ?, ?, ?, ?)',
  )
  const removeMember = connection.prepare(
    'delete from member_drift where group_seq = ? and kind = ? and member_seq = ?',
  )
  const removeMembers = connection.prepare('delete from member_drift where group_seq = ?')
  // There are few of them, so that each is looked up: an integration may manage a million records.
  const removeManaged = connection.prepare<[number, number]>(
    `delete from drift where case kind
       when 0 then exists (select 1 from users where users.seq = drift.seq and managed_by = ?)
       else exists (select 1 from groups where groups.seq = drift.seq and managed_by = ?) end`,
  )
  const removeManagedMembers = connection.prepare<[number]>(
    'delete from member_drift where exists (select 1 from groups where groups.seq = group_seq and managed_by = ?)',
  )
  const forgetMember = connection.prepare('delete from member_drift where kind = ? and member_seq = ?')
  return {
    /** The IdP's value of an attribute that has drifted, as JSON text or null; undefined for one that has not. */
    idpValue: (kind: ResourceKind, seq: number, attribute: string) => one.get(kind, seq, attribute),
    /** Notes a drift; of one that is there already the IdP's value stays. */
    put(kind: ResourceKind, seq: number, row: DriftRow): void {
      put.run(kind, seq, row.attribute, row.idp_value, row.at, row.actor)
    },
    setIdpValue(kind: ResourceKind, seq: number, attribute: string, value: string | null): void {
      setIdpValue.run(value, kind, seq, attribute)
    },
    remove: (kind: ResourceKind, seq: number, attribute: string) => void remove.run(kind, seq, attribute),
    removeAll: (kind: ResourceKind, seq: number) => void removeAll.run(kind, seq),
    /** Of an attribute of users that goes out of the schema. */
    removeAttribute: (directoryId: number, attribute: string) => void removeAttribute.run(attribute, directoryId),
    /** Whether the IdP has a member that has drifted (1) or not (0); undefined for one that has not drifted. */
    idpMember: (groupSeq: number, kind: ResourceKind, memberSeq: number) => oneMember.get(groupSeq, kind, memberSeq),
    putMember(
      groupSeq: number,
      row: Pick<MemberDriftRow, 'kind' | 'member_seq' | 'at' | 'actor'> & { readonly was_member: 0 | 1 },
    ): void {
      putMember.run(groupSeq, row.kind, row.member_seq, row.was_member, row.at, row.actor)
    },
    removeMember: (groupSeq: number, kind: ResourceKind, memberSeq: number) =>
      void removeMember.run(groupSeq, kind, memberSeq),
    removeMembers: (groupSeq: number) => void removeMembers.run(groupSeq),
    /** Of the records that an integration manages. */
    removeManaged(integrationId: number): void {
      removeManaged.run(integrationId, integrationId)
      removeManagedMembers.run(integrationId)
    },
    /** Removes every trace of a purged resource. */
    forget(kind: ResourceKind, seq: number): void {
      removeAll.run(kind, seq)
      forgetMember.run(kind, seq)
      if (kind === 1) removeMembers.run(seq)
    },
  }
}

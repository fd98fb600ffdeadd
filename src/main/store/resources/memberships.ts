import { readableDocument } from './readable-document.ts'
import { atSeq, byIndex, lookupById } from './lookup-by-id.ts'
import type { Connection } from '../file/open-database.ts'
import { kinds, type ResourceKind } from './resource-kind.ts'

/** A member of a group by its row. */
export interface MemberReference {
  readonly kind: ResourceKind
  readonly seq: number
  readonly id: string
}

/** A member of a group as it is answered. */
export interface MemberRow extends MemberReference {
  readonly display: string | null
}

/** A group of a user as it is answered; `direct` is 1 when the user is a member itself. */
export interface UserGroupRow {
  readonly id: string
  readonly display: string
  readonly direct: number
}

// `cross join` keeps the order of the tables (SQLite's planner does not reorder it): from the member to its groups, never through all groups.
const upwards = `with recursive up (seq, direct) as (
    select group_seq, 1 from memberships where kind = 0 and member_seq = ?
    union
    select above.group_seq, 0 from up cross join groups g on g.seq = up.seq and g.archived_at is null
      cross join memberships above on above.kind = 1 and above.member_seq = up.seq
  )`

/** Who an id belongs to, as far as membership needs to know. */
export interface MemberCandidate {
  readonly kind: ResourceKind
  readonly seq: number
  readonly hidden: number
  readonly archived_at: number | null
}

export function prepareMembershipReads(connection: Connection) {
  const directGroups = connection.prepare<[number, number], UserGroupRow & { nested: number }>(
    `select g.id, g.display_name as display, 1 as direct,
       exists (select 1 from memberships above where above.kind = 1 and above.member_seq = g.seq) as nested
     from memberships m cross join groups g on g.seq = m.group_seq
     where m.kind = 0 and m.member_seq = ? and g.archived_at is null order by m.group_seq limit ?`,
  )
  const allGroups = connection.prepare<[number], UserGroupRow>(
    `${upwards}
     select g.id, g.display_name as display, max(up.direct) as direct from up cross join groups g on g.seq = up.seq
     where g.archived_at is null group by g.seq order by g.seq`,
  )
  const members = connection.prepare<[number, number, number, number], MemberRow>(
    `select m.kind, m.member_seq as seq,
       case m.kind when 0 then u.id else g.id end as id,
       case m.kind when 0 then coalesce((${readableDocument('u.doc')}) ->> '$.displayName', u.user_name) else g.display_name end as display
     from memberships m
       left join users u on m.kind = 0 and u.seq = m.member_seq
       left join groups g on m.kind = 1 and g.seq = m.member_seq
     where m.group_seq = ? and (m.kind, m.member_seq) > (?, ?)
       and case m.kind when 0 then u.archived_at is null and u.hidden = 0 else g.archived_at is null end
     order by m.kind, m.member_seq limit ?`,
  )
  // Without the document of each, which takes as long again to read.
  const memberRefs = connection.prepare<[number, number, number, number], MemberReference>(
    `select m.kind, m.member_seq as seq, case m.kind when 0 then u.id else g.id end as id
     from memberships m
       left join users u on m.kind = 0 and u.seq = m.member_seq
       left join groups g on m.kind = 1 and g.seq = m.member_seq
     where m.group_seq = ? and (m.kind, m.member_seq) > (?, ?)
       and case m.kind when 0 then u.archived_at is null and u.hidden = 0 else g.archived_at is null end
     order by m.kind, m.member_seq limit ?`,
  )
  const isMember = connection.prepare<[number, number, number], { one: number }>(
    'select 1 as one from memberships where group_seq = ? and kind = ? and member_seq = ?',
  )
  const above = connection
    .prepare<[number], number>(
      `with recursive up (seq) as (
         select ? union select m.group_seq from up cross join memberships m on m.kind = 1 and m.member_seq = up.seq
       ) select seq from up`,
    )
    .pluck()
  const inside = connection
    .prepare<[number], number>(
      `with recursive down (seq) as (
         select ? union select m.member_seq from down cross join memberships m on m.group_seq = down.seq and m.kind = 1
       ) select seq from down`,
    )
    .pluck()
  const countMembers = connection.prepare<[number], { n: number }>(
    'select count(*) as n from memberships where group_seq = ?',
  )
  const findUser = lookupById(
    connection.prepare<[number, number, string], MemberCandidate>(
      `select 0 as kind, seq, hidden, archived_at from users where directory_id = ? ${atSeq}`,
    ),
    connection.prepare<[number, string], MemberCandidate>(
      `select 0 as kind, seq, hidden, archived_at from users where directory_id = ? ${byIndex}`,
    ),
  )
  const findGroup = lookupById(
    connection.prepare<[number, number, string], MemberCandidate>(
      `select 1 as kind, seq, 0 as hidden, archived_at from groups where directory_id = ? ${atSeq}`,
    ),
    connection.prepare<[number, string], MemberCandidate>(
      `select 1 as kind, seq, 0 as hidden, archived_at from groups where directory_id = ? ${byIndex}`,
    ),
  )
  const parents = connection.prepare<[number], { readonly id: string; readonly display_name: string }>(
    `select g.id, g.display_name from memberships m cross join groups g on g.seq = m.group_seq
     where m.kind = 1 and m.member_seq = ? and g.archived_at is null order by g.display_name_key limit 1000`,
  )
  const nth = connection.prepare<[number, number], { one: number }>(
    'select 1 as one from memberships where group_seq = ? limit 1 offset ?',
  )
  const countUpTo = connection
    .prepare<[number, number], number>('select count(*) from (select 1 from memberships where group_seq = ? limit ?)')
    .pluck()
  const nthOfAll = connection.prepare<[number], { one: number }>('select 1 as one from memberships limit 1 offset ?')
  return {
    /** The user or group with this id, archived and hidden ones included. */
    find: (directoryId: number, id: string) => findUser(directoryId, id) ?? findGroup(directoryId, id),
    /** The groups that have this group as a direct member. */
    parentsOf: (groupSeq: number) => parents.all(groupSeq),
    /** Of all groups of all directories together. */
    areMoreThan: (count: number) => nthOfAll.get(count) !== undefined,
    hasMoreThan: (groupSeq: number, count: number) => nth.get(groupSeq, count) !== undefined,
    /** Whether groups have more members than so many together; it counts no further. */
    haveMoreThan(groupSeqs: readonly number[], count: number): boolean {
      let left = count
      return groupSeqs.some((seq) => {
        left -= countUpTo.get(seq, left + 1) ?? 0
        return left < 0
      })
    },
    /**
     * The groups a user is in, directly or through other groups, oldest first. One who is in more than `most` groups directly is given as many of
     * these, and one more.
     */
    groupsOfUser(userSeq: number, most = Number.MAX_SAFE_INTEGER): readonly UserGroupRow[] {
      const direct = directGroups.all(userSeq, most + 1)
      return direct.length <= most && direct.some(({ nested }) => nested === 1) ? allGroups.all(userSeq) : direct
    },
    /** Up to `limit` members after the given one, in a stable order; begin after (-1, 0). */
    page: (groupSeq: number, afterKind: number, afterSeq: number, limit: number) =>
      members.all(groupSeq, afterKind, afterSeq, limit),
    /** The same without their names. */
    referencePage: (groupSeq: number, afterKind: number, afterSeq: number, limit: number) =>
      memberRefs.all(groupSeq, afterKind, afterSeq, limit),
    isMember: (groupSeq: number, kind: ResourceKind, seq: number) => isMember.get(groupSeq, kind, seq) !== undefined,
    /** The group itself and all that it is in, at any depth. */
    groupsAbove: (groupSeq: number): ReadonlySet<number> => new Set(above.all(groupSeq)),
    /** The group itself and all that are in it, at any depth. */
    groupsInside: (groupSeq: number): ReadonlySet<number> => new Set(inside.all(groupSeq)),
    count: (groupSeq: number) => countMembers.get(groupSeq)?.n ?? 0,
  }
}

export function prepareMembershipWrites(connection: Connection) {
  const add = connection.prepare('insert or ignore into memberships (group_seq, kind, member_seq) values (?, ?, ?)')
  const remove = connection.prepare('delete from memberships where group_seq = ? and kind = ? and member_seq = ?')
  const clear = connection.prepare('delete from memberships where group_seq = ?')
  const between = 'group_seq = ? and (kind, member_seq) >= (?, ?) and (kind, member_seq) <= (?, ?)'
  const countBetween = connection
    .prepare<[number, number, number, number, number], number>(`select count(*) from memberships where ${between}`)
    .pluck()
  const clearBetween = connection.prepare(`delete from memberships where ${between}`)
  const groupsOf = connection
    .prepare<[number, number], number>('select group_seq from memberships where kind = ? and member_seq = ?')
    .pluck()
  const set = connection.prepare<[number], { kind: ResourceKind; member_seq: number }>(
    'select kind, member_seq from memberships where group_seq = ?',
  )
  const setAside = connection.prepare(
    'insert or ignore into archived_memberships (kind, member_seq, group_seq) select kind, member_seq, group_seq from memberships where kind = ? and member_seq = ?',
  )
  const leaveAll = connection.prepare('delete from memberships where kind = ? and member_seq = ?')
  const bringBack = connection.prepare(
    'insert or ignore into memberships (kind, member_seq, group_seq) select kind, member_seq, group_seq from archived_memberships where kind = ? and member_seq = ?',
  )
  const forget = connection.prepare('delete from archived_memberships where kind = ? and member_seq = ?')
  const forgetGroup = connection.prepare('delete from archived_memberships where group_seq = ?')
  const setAsideIn = connection.prepare<[number], { kind: ResourceKind; member_seq: number }>(
    'select kind, member_seq from archived_memberships where group_seq = ?',
  )
  const lastOf = connection.prepare<[number, number], { kind: ResourceKind; member_seq: number }>(
    'select kind, member_seq from memberships where group_seq = ? limit 1 offset ?',
  )
  const clearUpTo = connection.prepare('delete from memberships where group_seq = ? and (kind, member_seq) <= (?, ?)')
  const someSetAsideIn = connection.prepare<[number, number], { kind: ResourceKind; member_seq: number }>(
    'select kind, member_seq from archived_memberships where group_seq = ? limit ?',
  )
  const placesOf = connection
    .prepare<[number, number], number>('select group_seq from archived_memberships where kind = ? and member_seq = ?')
    .pluck()
  const forgetPlace = connection.prepare(
    'delete from archived_memberships where kind = ? and member_seq = ? and group_seq = ?',
  )
  return {
    /** Whether a row was added. */
    add: (groupSeq: number, kind: ResourceKind, seq: number) => add.run(groupSeq, kind, seq).changes > 0,
    /** Whether a row was removed. */
    remove: (groupSeq: number, kind: ResourceKind, seq: number) => remove.run(groupSeq, kind, seq).changes > 0,
    /** Removes a page of members at once, unless somebody out of sight stands among them; returns whether it did. */
    removePage(groupSeq: number, page: readonly MemberReference[]): boolean {
      const [first, last] = [page[0], page.at(-1)]
      if (!first || !last) return true
      const bounds = [groupSeq, first.kind, first.seq, last.kind, last.seq] as const
      if (countBetween.get(...bounds) !== page.length) return false
      clearBetween.run(...bounds)
      return true
    },
    /** How many rows were removed. */
    clear: (groupSeq: number) => clear.run(groupSeq).changes,
    /** Removes so many members of a group at most, archived ones included; returns how many there were to remove. */
    clearSome(groupSeq: number, most: number): number {
      const last = lastOf.get(groupSeq, most - 1)
      if (last) return clearUpTo.run(groupSeq, last.kind, last.member_seq).changes
      const members = clear.run(groupSeq).changes
      const others = someSetAsideIn.all(groupSeq, most - members)
      for (const { kind, member_seq } of others) forgetPlace.run(kind, member_seq, groupSeq)
      return members + others.length
    },
    all: (groupSeq: number) => set.all(groupSeq),
    groupSeqsOf: (kind: ResourceKind, seq: number) => groupsOf.all(kind, seq),
    /** Takes an archived member out of its groups, remembering them. */
    setAside(kind: ResourceKind, seq: number): void {
      setAside.run(kind, seq)
      leaveAll.run(kind, seq)
    },
    /** Puts a restored member back into the groups it was taken from. */
    bringBack(kind: ResourceKind, seq: number): void {
      bringBack.run(kind, seq)
      forget.run(kind, seq)
    },
    /** The archived members that would come back into a group with their restoration. */
    setAsideIn: (groupSeq: number) => setAsideIn.all(groupSeq),
    /** The groups into which an archived member would come back. */
    placesOf: (kind: ResourceKind, seq: number) => placesOf.all(kind, seq),
    /** An archived member does not come back into this group any more. */
    forgetPlace: (groupSeq: number, kind: ResourceKind, seq: number) => void forgetPlace.run(kind, seq, groupSeq),
    /** Removes every trace of a purged member. */
    forgetMember(kind: ResourceKind, seq: number): void {
      leaveAll.run(kind, seq)
      forget.run(kind, seq)
      if (kind === kinds.Group) {
        clear.run(seq)
        forgetGroup.run(seq)
      }
    },
  }
}

import { readableDocument } from '../resources/readable-document.ts'
import type { Connection } from '../file/open-database.ts'
import type { ResourceKind } from '../resources/resource-kind.ts'

/** A member as the admin sees it. */
export interface FoundMember {
  readonly kind: ResourceKind
  readonly seq: number
  readonly id: string
  readonly name: string
  /** Null for a group. */
  readonly user_name: string | null
  readonly active: number
  readonly hidden: number
  /** 1 for one that a person put in, of which the group's IdP does not know. */
  readonly by_hand: number
}

export interface MemberWish {
  readonly groupSeq: number
  /** Folded text that stands anywhere in a name; empty is everybody. */
  readonly text: string
  /** Behind this member; begin behind (-1, 0). */
  readonly afterKind: number
  readonly afterSeq: number
  readonly limit: number
  /** How many members are looked at, at most. */
  readonly look: number
}

export interface MemberPage {
  readonly rows: readonly FoundMember[]
  /** Where to go on; undefined when nobody is left. */
  readonly resume: { readonly kind: number; readonly seq: number } | undefined
}

/** The members of a group, local administrators included, in the order in which they are stored: users first. */
export function prepareFindMembers(connection: Connection) {
  const end = connection.prepare<[number, number, number, number], { kind: number; seq: number }>(
    `select kind, member_seq as seq from memberships where group_seq = ? and (kind, member_seq) > (?, ?)
     order by kind, member_seq limit 1 offset ?`,
  )
  const page = connection.prepare<Record<string, string | number>, FoundMember>(
    `select m.kind, m.member_seq as seq,
       case m.kind when 0 then u.id else g.id end as id,
       case m.kind when 0 then coalesce((${readableDocument('u.doc')}) ->> '$.displayName', u.user_name) else g.display_name end as name,
       u.user_name, case m.kind when 0 then u.active else 1 end as active, ifnull(u.hidden, 0) as hidden,
       exists (select 1 from member_drift d
         where d.group_seq = m.group_seq and d.kind = m.kind and d.member_seq = m.member_seq and d.was_member = 0) as by_hand
     from memberships m
       left join users u on m.kind = 0 and u.seq = m.member_seq
       left join groups g on m.kind = 1 and g.seq = m.member_seq
     where m.group_seq = @groupSeq and (m.kind, m.member_seq) > (@afterKind, @afterSeq) and (m.kind, m.member_seq) <= (@endKind, @endSeq)
       and (@text = '' or instr(ifnull(u.user_name_key, ''), @text) > 0 or instr(ifnull(u.display_name_key, ''), @text) > 0
         or instr(ifnull(g.display_name_key, ''), @text) > 0)
     order by m.kind, m.member_seq limit @limit`,
  )
  const everyone = { kind: 2, seq: 0 }
  return ({ groupSeq, text, afterKind, afterSeq, limit, look }: MemberWish): MemberPage => {
    const stop = text === '' ? undefined : end.get(groupSeq, afterKind, afterSeq, look - 1)
    const to = stop ?? everyone
    const rows = page.all({ groupSeq, text, afterKind, afterSeq, endKind: to.kind, endSeq: to.seq, limit })
    const last = rows.at(-1)
    return { rows, resume: rows.length === limit && last ? { kind: last.kind, seq: last.seq } : stop }
  }
}

import { displayNameOf } from '../../main/api/views/display-name.ts'
import type { Engine } from '../../main/engine.ts'
import type { RosterUser } from '../../main/store/roster/rosters.ts'
import type { Role } from '../../main/store/resources/users.ts'
import { isoTime, relativeTime } from '../../main/text/moment-text.ts'
import type { CommandContext } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'
import { rosterUsers } from './roster.ts'
import { streamArray } from '../terminal/stream-array.ts'
import { tableLines } from '../terminal/table.ts'
import { tellDamaged } from './tell-damaged.ts'
import { withEngine } from '../with-engine.ts'

export interface ListUsersFlags {
  readonly archived?: boolean
  readonly role?: Role
  readonly inactive?: boolean
  readonly source?: string
  readonly text?: string
}

/** How many rows of a table are laid out together. */
const tablePage = 1000

function view(user: RosterUser) {
  return {
    id: user.id,
    userName: user.user_name,
    displayName: displayNameOf(user.doc),
    active: user.active === 1,
    role: user.role,
    source: user.source,
    modifiedAt: isoTime(user.modified_at),
    archivedAt: isoTime(user.archived_at),
  }
}

function* chosen(users: Iterable<RosterUser>, flags: ListUsersFlags) {
  for (const user of users) {
    if (flags.role !== undefined && user.role !== flags.role) continue
    if (flags.inactive === true && user.active === 1) continue
    if (flags.source !== undefined && user.source !== flags.source) continue
    yield view(user)
  }
}

/** Who searches also wants to see the userNames that a conversion has replaced: they may be why somebody was found. */
function* withFormerNames(engine: Engine, directoryId: number, users: Iterable<RosterUser>, flags: ListUsersFlags) {
  for (const user of users)
    for (const each of chosen([user], flags))
      yield {
        ...each,
        formerUserNames: engine.reads.aliases.ofUser(directoryId, user.seq).map((alias) => alias.user_name),
      }
}

export function listUsers(context: CommandContext, flags: ListUsersFlags): Promise<void> {
  return withEngine(context, async (engine) => {
    const roster = tellDamaged(context, rosterUsers(engine, context, flags.archived === true, flags.text))
    if (context.json && flags.text !== undefined)
      return streamArray(context.stdout, withFormerNames(engine, directoryOf(engine, context), roster, flags))
    const users = chosen(roster, flags)
    if (context.json) return streamArray(context.stdout, users)
    const now = context.now()
    let count = 0
    let rows: string[][] = []
    const layOut = async () => {
      if (rows.length === 0) return
      const lines = tableLines(
        ['USERNAME', 'NAME', 'STATE', 'ROLE', 'SOURCE', flags.archived === true ? 'ARCHIVED' : 'CHANGED', 'ID'],
        rows,
      )
      await context.stdout.write(`${lines.slice(count > rows.length ? 1 : 0).join('\n')}\n`)
      rows = []
    }
    for (const user of users) {
      count += 1
      rows.push([
        user.userName,
        user.displayName ?? '-',
        user.active ? 'active' : 'inactive',
        user.role,
        user.source,
        relativeTime(Date.parse(user.archivedAt ?? user.modifiedAt ?? ''), now),
        user.id,
      ])
      if (rows.length === tablePage) await layOut()
      if (context.stdout.isBroken()) return
    }
    await layOut()
    if (count === 0) context.say(flags.archived === true ? 'No archived users.' : 'No users.')
  })
}

import { damagedRecords, userDocument } from '../../main/directory/user-document.ts'
import type { RosterUser } from '../../main/store/roster/rosters.ts'
import type { CommandContext } from '../command-context.ts'

/** Passes users on, and says in one line behind the last of them whose records are damaged. */
export function* tellDamaged(context: CommandContext, users: Iterable<RosterUser>): Generator<RosterUser> {
  let first: RosterUser | undefined
  let count = 0
  for (const user of users) {
    if (userDocument(user) === undefined) {
      first ??= user
      count += 1
    }
    yield user
  }
  if (first) context.warn(damagedRecords(first, count))
}

import { csvCell } from '../../text/csv-cell.ts'
import type { PlannedUser } from './planned-user.ts'
import { plannedReason } from '../reasons.ts'

const header = ['userName', 'newUserName', 'outcome', 'reason', 'otherUser', 'source', 'decision', 'managedBy', 'id']

const pageSize = 500

function cellsOf(user: PlannedUser): readonly string[] {
  return [
    user.userName,
    user.target ?? '',
    user.outcome,
    plannedReason(user) ?? '',
    user.rival?.userName ?? '',
    user.origin ?? '',
    user.fix ?? '',
    user.isScimManaged ? 'scim' : 'local',
    user.id,
  ]
}

/** A preview as the lines of a CSV file, read page by page. */
export function* planCsv(page: (afterSeq: number, limit: number) => readonly PlannedUser[]): Generator<string> {
  yield `${header.join(',')}\r\n`
  for (let after = 0; ;) {
    const users = page(after, pageSize)
    for (const user of users) yield `${cellsOf(user).map(csvCell).join(',')}\r\n`
    const last = users.at(-1)
    if (!last || users.length < pageSize) return
    after = last.seq
  }
}

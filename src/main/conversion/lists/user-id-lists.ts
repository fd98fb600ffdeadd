import { Refusal } from '../../administration/refusal.ts'
import { textOfCell } from '../../text/csv-cell.ts'
import type { CsvRecord } from '../../text/csv-records.ts'
import type { ListedUserId } from '../plan/plan-lists.ts'

// Those of an export from Active Directory are among them.
const oldNames = new Set(['old', 'olduserid', 'oldusername', 'oldid', 'from', 'username', 'samaccountname'])
const newNames = new Set([
  'new',
  'newuserid',
  'newusername',
  'newid',
  'to',
  'address',
  'email',
  'mail',
  'userprincipalname',
  'upn',
])
const loginNames = ['username', 'userprincipalname', 'login', 'email', 'mail']

/** A heading without what its writers differ in. */
function plain(heading: string | undefined): string {
  return (heading ?? '').toLowerCase().replaceAll(/[\s_-]/g, '')
}

/** Reads old and new user IDs, with a line of headings or without. Throws `Refusal` naming the line, and `name` as where it stands. */
export async function* listedUserIds(name: string, records: AsyncIterable<CsvRecord>): AsyncGenerator<ListedUserId> {
  let isFirst = true
  for await (const { line, cells } of records) {
    const isHeading = isFirst && oldNames.has(plain(cells[0])) && newNames.has(plain(cells[1]))
    isFirst = false
    if (isHeading) continue
    const [from = '', to = ''] = cells.map(textOfCell)
    if (from === '' || to === '') throw new Refusal(`Line ${line} of ${name} needs an old and a new user ID.`)
    yield { line, from, to }
  }
}

/** Reads the userNames of an identity provider: one a line, or the column that is headed userName or userPrincipalName. */
export async function* soughtUserNames(records: AsyncIterable<CsvRecord>): AsyncGenerator<string> {
  let column: number | undefined
  for await (const { cells } of records) {
    if (column === undefined) {
      const named = loginNames.map((name) => cells.findIndex((cell) => plain(cell) === name)).find((at) => at >= 0)
      column = named ?? 0
      if (named !== undefined) continue
    }
    const userName = textOfCell(cells[column] ?? '')
    if (userName !== '') yield userName
  }
}

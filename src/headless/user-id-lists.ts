import type { ListedUserId } from '../main/conversion/plan-lists.ts'
import { Refusal } from '../main/administration/refusal.ts'
import { textOfCell } from '../main/csv-cell.ts'
import { csvRecords } from '../main/import/csv-records.ts'

const oldNames = new Set(['old', 'olduserid', 'oldusername', 'oldid', 'from', 'username'])
const newNames = new Set(['new', 'newuserid', 'newusername', 'newid', 'to', 'address', 'email'])
const loginNames = ['username', 'userprincipalname', 'login', 'email', 'mail']

/** A heading without what its writers differ in. */
function plain(heading: string | undefined): string {
  return (heading ?? '').toLowerCase().replaceAll(/[\s_-]/g, '')
}

/** Reads a file of old and new user IDs, with a line of headings or without. Throws `Refusal` naming the line. */
export async function* listedUserIds(file: string): AsyncGenerator<ListedUserId> {
  let isFirst = true
  for await (const { line, cells } of csvRecords(file)) {
    const isHeading = isFirst && oldNames.has(plain(cells[0])) && newNames.has(plain(cells[1]))
    isFirst = false
    if (isHeading) continue
    const [from = '', to = ''] = cells.map(textOfCell)
    if (from === '' || to === '') throw new Refusal(`Line ${line} of ${file} needs an old and a new user ID.`)
    yield { line, from, to }
  }
}

/** Reads the userNames of an identity provider: one a line, or the column of a CSV file that is headed userName or userPrincipalName. */
export async function* soughtUserNames(file: string): AsyncGenerator<string> {
  let column: number | undefined
  for await (const { cells } of csvRecords(file)) {
    if (column === undefined) {
      const named = loginNames.map((name) => cells.findIndex((cell) => plain(cell) === name)).find((at) => at >= 0)
      column = named ?? 0
      if (named !== undefined) continue
    }
    const userName = textOfCell(cells[column] ?? '')
    if (userName !== '') yield userName
  }
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { quickCheck } from '../store/file/quick-check.ts'
import { openJournalReader } from '../journal/search/journal-reader.ts'
import { damagedRecords as damagedUsers } from '../directory/user-document.ts'
import { damagedRecords } from '../store/file/damaged-records.ts'
import { databaseBytes } from '../store/file/database-bytes.ts'
import { databaseFileName, journalFileName } from '../store/file/database-file-names.ts'
import { refuseEmptied } from '../store/file/database-files.ts'
import { amount } from '../text/amount.ts'
import { byteSize } from '../text/byte-size.ts'
import { fine, problem, reasonOf, warning, type Finding } from './finding.ts'

/** What is said of groups whose record is damaged; for users that is told elsewhere too. */
function damagedGroups(first: string, count: number): string {
  return count === 1
    ? `The stored record of the group "${first}" is damaged. Save it again as a whole, with a PUT or in the console, or delete it.`
    : `The stored records of ${count} groups are damaged, that of "${first}" is the first. Save each again as a whole, with a PUT or in the console, or delete it.`
}

/** What is wrong with stored users and groups of a database that is whole otherwise; undefined where nothing is. */
function damageOf(file: string): string | undefined {
  const { users, groups } = damagedRecords(file)
  const said: string[] = []
  if (users) said.push(damagedUsers({ user_name: users.first }, users.count))
  if (groups) said.push(damagedGroups(groups.first, groups.count))
  return said.length === 0 ? undefined : said.join(' ')
}

/** Whether the database is whole and of a format that this version knows. `isCurrent` says that it can be read as it is. */
export function examineDatabase(dataDir: string): { readonly finding: Finding; readonly isCurrent: boolean } {
  const file = join(dataDir, databaseFileName)
  const bad = (message: string) => ({ finding: problem('database', message), isCurrent: false })
  try {
    refuseEmptied(dataDir)
    const { problem: found, schemaVersion, newest } = quickCheck(file)
    if (found !== undefined) return bad(`${file} is damaged (${found}). Restore a backup: rollcall restore FILE`)
    if (schemaVersion > newest)
      return bad(
        `${file} was written by a newer version of Rollcall (format ${schemaVersion}; this one knows ${newest}). Install that version.`,
      )
    if (schemaVersion < newest)
      return {
        finding: warning(
          'database',
          `Format ${schemaVersion}; the next start brings it to ${newest}. Make a backup before.`,
        ),
        isCurrent: false,
      }
    const damage = damageOf(file)
    return {
      finding:
        damage === undefined
          ? fine('database', `Whole, format ${schemaVersion}, ${byteSize(databaseBytes(file))}.`)
          : problem('database', damage),
      isCurrent: true,
    }
  } catch (error) {
    return bad(reasonOf(error))
  }
}

/** Whether the request log can be read. */
export function examineJournal(dataDir: string): Finding {
  const file = join(dataDir, journalFileName)
  if (!existsSync(file)) return fine('request log', 'Nothing has been recorded yet.')
  const reader = openJournalReader(file)
  try {
    const newest = reader.newestId()
    const dropped = reader.extent()?.droppedOfStrangers ?? 0
    const { problem: found } = quickCheck(file)
    if (found !== undefined)
      return problem(
        'request log',
        `${file} is damaged (${found}). Stop the server and move it away; a new one is begun.`,
      )
    const early =
      dropped === 0
        ? ''
        : ` ${amount(dropped, 'refused request')} from senders without a valid token ${dropped === 1 ? 'was' : 'were'} deleted early, to keep the others.`
    return fine(
      'request log',
      `${amount(newest, 'request')} recorded so far, ${byteSize(databaseBytes(file))}.${early}`,
    )
  } catch (error) {
    return problem('request log', reasonOf(error))
  } finally {
    reader.close()
  }
}

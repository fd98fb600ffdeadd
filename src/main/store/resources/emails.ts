import type { Connection } from '../file/open-database.ts'
import { missingIn } from './missing-keys.ts'

/** The index of e-mail values. Derived from the users' documents. */
export function prepareEmailWrites(connection: Connection) {
  const add = connection.prepare(
    'insert or ignore into user_emails (directory_id, value_key, user_seq) values (?, ?, ?)',
  )
  const remove = connection.prepare('delete from user_emails where directory_id = ? and value_key = ? and user_seq = ?')
  const forget = connection.prepare('delete from user_emails where directory_id = ? and user_seq = ?')
  return {
    /** Brings the index from one set of folded values to another. */
    update(directoryId: number, userSeq: number, before: readonly string[], after: readonly string[]): void {
      for (const key of missingIn(after, before)) remove.run(directoryId, key, userSeq)
      for (const key of missingIn(before, after)) add.run(directoryId, key, userSeq)
    },
    /** Takes out all of a user whose values nobody can tell any more; it looks through the whole directory. */
    forgetUser: (directoryId: number, userSeq: number) => void forget.run(directoryId, userSeq),
  }
}

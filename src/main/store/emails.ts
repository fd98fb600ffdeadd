import type { Connection } from './file/open-database.ts'

/** Up to here looking through a list is faster than building a set of it. */
const few = 12

/** Those of `keys` that are not among the others: in time that grows with both, for somebody may have tens of thousands of addresses. */
function missingIn(others: readonly string[], keys: readonly string[]): readonly string[] {
  if (keys.length === 0 || others.length === 0) return keys
  if (others.length <= few) return keys.filter((key) => !others.includes(key))
  const known = new Set(others)
  return keys.filter((key) => !known.has(key))
}

/** The index of e-mail values. Derived from the users' documents. */
export function prepareEmailWrites(connection: Connection) {
  const add = connection.prepare(
    'insert or ignore into user_emails (directory_id, value_key, user_seq) values (?, ?, ?)',
  )
  const remove = connection.prepare('delete from user_emails where directory_id = ? and value_key = ? and user_seq = ?')
  return {
    /** Brings the index from one set of folded values to another. */
    update(directoryId: number, userSeq: number, before: readonly string[], after: readonly string[]): void {
      for (const key of missingIn(after, before)) remove.run(directoryId, key, userSeq)
      for (const key of missingIn(before, after)) add.run(directoryId, key, userSeq)
    },
  }
}

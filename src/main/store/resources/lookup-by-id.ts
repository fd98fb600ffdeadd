import type { Statement } from 'better-sqlite3'
import { seqOfId } from './resource-id.ts'
import { idNamesNoRow } from './row-with-id.ts'

/** The ends of two queries of `users` or `groups` whose conditions begin with the directory's id: by the row that an id names, and by the index of ids. */
export const atSeq = 'and seq = ? and id = ?'
export const byIndex = `and id = ? and ${idNamesNoRow}`

/**
 * A lookup by resource id, made of two statements that end in `atSeq` and `byIndex`. An id of ours names its row; others, of resources that
 * are older than such ids, stand in an index of their own.
 */
export function lookupById<Row>(
  rowAtSeq: Statement<[number, number, string], Row>,
  rowByIndex: Statement<[number, string], Row>,
): (directoryId: number, id: string) => Row | undefined {
  return (directoryId, id) => {
    const seq = seqOfId(id)
    const row = seq === undefined ? undefined : rowAtSeq.get(directoryId, seq, id)
    return row ?? rowByIndex.get(directoryId, id)
  }
}

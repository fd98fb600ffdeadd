import type { Connection } from './open-database.ts'
import { seqOfId } from './resource-id.ts'

/**
 * Prepares a lookup by resource id. `select` is a query of `users` or `groups` that ends in a condition and takes the directory's id. An id of
 * ours names its row; others, of resources that are older than such ids, are looked for in the index.
 */
export function prepareById<Row>(
  connection: Connection,
  select: string,
): (directoryId: number, id: string) => Row | undefined {
  const atSeq = connection.prepare<[number, number, string], Row>(`${select} and seq = ? and id = ?`)
  const byIndex = connection.prepare<[number, string], Row>(`${select} and id = ?`)
  return (directoryId, id) => {
    const seq = seqOfId(id)
    const row = seq === undefined ? undefined : atSeq.get(directoryId, seq, id)
    return row ?? byIndex.get(directoryId, id)
  }
}

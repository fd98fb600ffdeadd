import { readableDocument } from '../resources/readable-document.ts'
import type { Connection } from '../file/open-database.ts'

/** The values of custom attributes of a part of the users, counted. */
export interface UsagePart {
  /** In the order in which the attributes were asked for. */
  readonly counts: readonly number[]
  /** Where to go on; undefined when nobody is left. */
  readonly lastSeq: number | undefined
}

/** Counts how many users have a value of each of some attributes. There is no index on them: it reads everybody, part by part. */
export function prepareAttributeUsage(connection: Connection) {
  const last = connection
    .prepare<[number, number], number>('select seq from users where seq > ? order by seq limit 1 offset ?')
    .pluck()
  return (
    directoryId: number,
    attributes: readonly { readonly urn: string; readonly name: string }[],
    afterSeq: number,
    look: number,
  ): UsagePart => {
    const lastSeq = last.get(afterSeq, look - 1)
    const sums = attributes.map(() => `count(json_type(${readableDocument('doc')}, ?))`).join(', ')
    const paths = attributes.map(({ urn, name }) => `$."${urn}"."${name}"`)
    const row = connection
      .prepare<(string | number)[], number[]>(
        `select ${sums} from users not indexed where directory_id = ? and seq > ? and seq <= ?`,
      )
      .raw()
      .get(...paths, directoryId, afterSeq, lastSeq ?? Number.MAX_SAFE_INTEGER)
    return { counts: row ?? attributes.map(() => 0), lastSeq }
  }
}

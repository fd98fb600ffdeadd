import type { Connection } from '../file/open-database.ts'
import type { ResourceKind } from '../resources/resource-kind.ts'

/** Which resources belong to the sample organisation of a directory. A resource that is gone may still be named. */
export function prepareSampleReads(connection: Connection) {
  const ids = connection
    .prepare<[number, number], string>(
      'select id from sample_resources where directory_id = ? and kind = ? order by id',
    )
    .pluck()
  const has = connection
    .prepare<[number, number, string], number>(
      'select 1 from sample_resources where directory_id = ? and kind = ? and id = ?',
    )
    .pluck()
  return {
    ids: (directoryId: number, kind: ResourceKind) => ids.all(directoryId, kind),
    has: (directoryId: number, kind: ResourceKind, id: string) => has.get(directoryId, kind, id) !== undefined,
  }
}

export function prepareSampleWrites(connection: Connection) {
  const add = connection.prepare('insert into sample_resources (directory_id, kind, id) values (?, ?, ?)')
  const clear = connection.prepare('delete from sample_resources where directory_id = ?')
  return {
    add: (directoryId: number, kind: ResourceKind, id: string) => void add.run(directoryId, kind, id),
    clear: (directoryId: number) => void clear.run(directoryId),
  }
}

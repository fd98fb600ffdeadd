import type { Connection } from '../file/open-database.ts'

export interface CustomAttributeRow {
  readonly id: number
  readonly directory_id: number
  readonly urn: string
  readonly name: string
  readonly type: string
  readonly multi_valued: number
  readonly removing: number
}

const columns = 'id, directory_id, urn, name, type, multi_valued, removing'

export function prepareCustomAttributes(connection: Connection) {
  const ofDirectory = connection.prepare<[number], CustomAttributeRow>(
    `select ${columns} from custom_attributes where directory_id = ? order by id`,
  )
  const insert = connection.prepare(
    'insert into custom_attributes (directory_id, urn, name, type, multi_valued, created_at) values (?, ?, ?, ?, ?, ?)',
  )
  const setRemoving = connection.prepare('update custom_attributes set removing = 1 where id = ?')
  const remove = connection.prepare('delete from custom_attributes where id = ?')
  return {
    /** Those being removed included. */
    ofDirectory: (directoryId: number) => ofDirectory.all(directoryId),
    insert: (row: Pick<CustomAttributeRow, 'directory_id' | 'urn' | 'name' | 'type' | 'multi_valued'>, now: number) =>
      Number(insert.run(row.directory_id, row.urn, row.name, row.type, row.multi_valued, now).lastInsertRowid),
    setRemoving: (id: number) => void setRemoving.run(id),
    remove: (id: number) => void remove.run(id),
  }
}

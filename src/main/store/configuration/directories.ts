import type { Connection } from '../file/open-database.ts'

export interface DirectoryRow {
  readonly id: number
  readonly slug: string
  readonly name: string
}

export function prepareDirectories(connection: Connection) {
  const bySlug = connection.prepare<[string], DirectoryRow>('select id, slug, name from directories where slug = ?')
  const all = connection.prepare<[], DirectoryRow>('select id, slug, name from directories order by id')
  const insert = connection.prepare('insert into directories (slug, name, created_at) values (?, ?, ?)')
  return {
    bySlug: (slug: string) => bySlug.get(slug),
    all: () => all.all(),
    /** Returns the new directory's id. */
    insert: (slug: string, name: string, now: number) => Number(insert.run(slug, name, now).lastInsertRowid),
  }
}

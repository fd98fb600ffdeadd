import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Gives the database of a data directory so much that a copy of it takes a while, in few bytes. */
export function makeCopyLong(dataDir: string): void {
  const connection = new Database(join(dataDir, 'rollcall.db'))
  connection.pragma('synchronous = off')
  connection.exec(`
    create table filler (number integer primary key, text text not null) strict;
    insert into filler
      with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 600000)
      select n, hex(n * 2654435761 % 4294967296) from numbers;
    create index filler_by_text on filler (text)
  `)
  connection.close()
}

import Database from 'better-sqlite3'
import { z } from 'zod'
import type { Connection } from '../file/open-database.ts'
import { journalMigrations } from './migrations.ts'

const tables = z.array(z.object({ name: z.string(), sql: z.string() }))
const columns = z.array(z.object({ name: z.string(), dflt_value: z.string().nullable() }))

/** The tables of a journal of this version, from a file in memory. */
function presentTables() {
  const model = new Database(':memory:')
  try {
    for (const { sql } of journalMigrations) model.exec(sql)
    const all = model.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").all()
    return tables.parse(all).map((table) => ({
      ...table,
      columns: columns.parse(model.prepare('SELECT name, dflt_value FROM pragma_table_info(?)').all(table.name)),
    }))
  } finally {
    model.close()
  }
}

/**
 * Lets this connection read a journal of an older format by the statements of this version: what is missing there stands in its temporary
 * schema, empty tables and columns with their default. Nothing is written to the file, whose server may be an older one.
 */
export function readAsPresent(connection: Connection): void {
  const namesOf = connection.prepare<[string], string>("SELECT name FROM pragma_table_info(?, 'main')").pluck()
  for (const table of presentTables()) {
    const there = new Set(namesOf.all(table.name))
    if (there.size === 0) connection.exec(table.sql.replace(/^CREATE TABLE/, 'CREATE TEMP TABLE'))
    else if (table.columns.some(({ name }) => !there.has(name))) {
      const list = table.columns.map(({ name, dflt_value }) =>
        there.has(name) ? name : `${dflt_value ?? 'NULL'} AS ${name}`,
      )
      connection.exec(`CREATE TEMP VIEW ${table.name} AS SELECT ${list.join(', ')} FROM main.${table.name}`)
    }
  }
}

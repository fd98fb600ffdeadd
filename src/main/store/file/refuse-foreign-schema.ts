import Database from 'better-sqlite3'
import { migrate } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { StoreError } from '../store-error.ts'

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly table: string
  readonly sql: string | null
}

function schemaOf(connection: Database.Database): readonly SchemaRow[] {
  return connection
    .prepare<[], SchemaRow>('select type, name, tbl_name as "table", sql from sqlite_schema order by rowid')
    .all()
}

/** What makes two rows of a schema the same, whichever way their statement is laid out. */
function textOf({ type, name, table, sql }: SchemaRow): string {
  const plain = (sql ?? '').replaceAll(/--[^\n]*/g, ' ').replaceAll(/\s+/g, ' ')
  return [type, name, table, plain].join('\n')
}

/** The schema of a file of this format, as this version would have made it. */
function ownSchema(format: number): readonly SchemaRow[] {
  const connection = new Database(':memory:')
  try {
    migrate(
      connection,
      ':memory:',
      migrations.filter((step) => step.version <= format),
    )
    return schemaOf(connection)
  } finally {
    connection.close()
  }
}

/** A table of another tool, such as one that replicates the file, of which Rollcall knows nothing; SQLite's own statistics; the label of a backup. */
function isHarmlessTable({ type, name, sql }: SchemaRow, ownTables: ReadonlySet<string>): boolean {
  const isPlain = /^create table\b/i.test(sql ?? '') && !/\breferences\b/i.test(sql ?? '')
  return type === 'table' && isPlain && !ownTables.has(name.toLowerCase())
}

/**
 * Throws `StoreError` for a database with triggers, views, virtual tables or other definitions of its tables than Rollcall makes: they would act
 * whenever Rollcall writes, and let somebody into the console, say, whom nobody has let in.
 */
export function refuseForeignSchema(connection: Database.Database, file: string): void {
  const own = ownSchema(Number(connection.pragma('user_version', { simple: true })))
  const ownTables = new Set(own.filter(({ type }) => type === 'table').map(({ name }) => name.toLowerCase()))
  const known = new Set(own.map(textOf))
  const found = schemaOf(connection)
  const harmless = new Set(found.filter((each) => isHarmlessTable(each, ownTables)).map(({ name }) => name))
  const foreign = found.find(
    (each) =>
      !known.has(textOf(each)) && !harmless.has(each.name) && !(each.type === 'index' && harmless.has(each.table)),
  )
  const names = new Set(found.map(textOf))
  const missing = own.find((each) => !names.has(textOf(each)))
  const odd = foreign ?? missing
  if (odd)
    throw new StoreError(
      'unreadable',
      `${file} is no backup of Rollcall: its ${odd.type} "${odd.name.slice(0, 100)}" is ${foreign ? 'not as Rollcall makes it' : 'missing'}. Nothing was changed. Use another file.`,
    )
}

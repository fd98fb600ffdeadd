// Prints a database as SQL, as the fixtures of past versions are written (src/main/store/fixtures):
//   npx node tools/dump-database.mjs FILE > src/main/store/fixtures/version-N.sql
import Database from 'better-sqlite3'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node tools/dump-database.mjs FILE')
  process.exit(2)
}
const database = new Database(file, { readonly: true, fileMustExist: true })
const schema = database
  .prepare(
    "select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by rowid",
  )
  .all()
const ofType = (type) => schema.filter((each) => each.type === type)
const literal = (value) => {
  if (value === null) return 'null'
  if (Buffer.isBuffer(value)) return `x'${value.toString('hex')}'`
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

const version = Number(database.pragma('user_version', { simple: true }))
console.log(`-- A file of version ${version} with data.`)
for (const { sql } of ofType('table')) console.log(`${sql};`)
for (const { name } of ofType('table'))
  for (const row of database.prepare(`select * from "${name}"`).raw().iterate())
    console.log(`INSERT INTO "${name}" VALUES (${row.map(literal).join(', ')});`)
for (const type of ['index', 'trigger', 'view']) for (const { sql } of ofType(type)) console.log(`${sql};`)
database.close()

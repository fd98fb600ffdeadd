import { csvCell } from '../../text/csv-cell.ts'
import type { AliasMapping } from '../../store/resources/user-aliases.ts'

/** Old and present user IDs as the lines of a CSV file: `old,new,id,job`. */
export function* mappingCsv(rows: Iterable<AliasMapping>): Generator<string> {
  yield 'old,new,id,job\r\n'
  for (const row of rows) yield `${csvCell(row.user_name)},${csvCell(row.current)},${row.id},${row.job_id}\r\n`
}

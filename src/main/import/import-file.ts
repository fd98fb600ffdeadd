import { isJsonObject } from '../../scim/json/json.ts'
import type { ImportedUser } from '../administration/records/import-users.ts'
import { Refusal } from '../administration/refusal.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import { BadLine } from './bad-line.ts'
import type { CsvColumn } from './csv-column.ts'
import { textOfCell } from '../text/csv-cell.ts'
import { csvRecords } from './csv-records.ts'
import { importedUser, parseHeader } from './imported-row.ts'

/** One line of an import file, read or not. */
export type ImportLine =
  | { readonly kind: 'user'; readonly user: ImportedUser; readonly bytes: number }
  /** `userName`: what stands in that column. */
  | { readonly kind: 'bad'; readonly line: BadLine; readonly userName: string; readonly bytes: number }

/** A file whose header has been read. */
export interface ImportFile {
  readonly columns: readonly string[]
  /** The lines, once. Throws `Refusal` where the file itself cannot be read on. */
  readonly lines: AsyncGenerator<ImportLine>
}

/** The userName that a line has, as it stands there. */
export function userNameOf({ resource }: ImportedUser): string {
  const userName = isJsonObject(resource) ? resource['userName'] : undefined
  return typeof userName === 'string' ? userName : ''
}

/** Opens a CSV file of users. `name` is what a person calls it. Throws `Refusal` for a header that cannot be read. */
export async function openImportFile(file: string, name: string, model: ResourceModel): Promise<ImportFile> {
  const records = csvRecords(file, name)
  try {
    const header = await records.next()
    if (header.done === true)
      throw new Refusal(`${name} is empty. Its first line must name the columns, e.g. userName,displayName,email.`)
    const columns = parseHeader(model, header.value)
    return { columns: columns.map((each) => each.name), lines: linesOf(name, records, columns) }
  } catch (error) {
    // What is behind the header is being read already.
    await records.return(undefined)
    throw error
  }
}

async function* linesOf(
  name: string,
  records: ReturnType<typeof csvRecords>,
  columns: readonly CsvColumn[],
): AsyncGenerator<ImportLine> {
  const userNameAt = columns.findIndex((each) => each.name === 'userName')
  let isEmpty = true
  for await (const record of records) {
    isEmpty = false
    try {
      yield { kind: 'user', user: importedUser(columns, record), bytes: record.bytes }
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      const userName = textOfCell(record.cells[userNameAt] ?? '')
      yield { kind: 'bad', line: error, userName, bytes: record.bytes }
    }
  }
  if (isEmpty) throw new Refusal(`${name} has a header and no rows. Write a line for each user below the header.`)
}

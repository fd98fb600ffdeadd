import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { z } from 'zod'
import { Refusal } from '../administration/refusal.ts'
import { csvPlace, csvProblem, type CsvPlace } from './csv-problem.ts'

/** One line of a CSV text; a cell with line breaks ends on `line`. */
export interface CsvRecord {
  readonly line: number
  /** How much of the text has been read with it, in bytes. */
  readonly bytes: number
  readonly cells: readonly string[]
}

const parsed = z.object({ record: z.array(z.string()), info: csvPlace.extend({ bytes: z.number() }) })

const delimiters = [',', ';', '\t'] as const
const largestRecord = 1024 * 1024

/** Excel's own word for the delimiter, in a line before the header. */
const separatorLine = /^\ufeff?sep=([^\r\n"])(?:\r|\n)/i

/** The delimiter that the first line names, or else the one that it has most of outside quotes. */
function delimiterOf(start: string): string {
  const named = separatorLine.exec(start)?.[1]
  if (named !== undefined) return named
  const counts = new Map<string, number>(delimiters.map((each) => [each, 0]))
  let isQuoted = false
  for (const character of start) {
    if (character === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (character === '\n' || character === '\r') break
    else if (counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

/** Line breaks within cells that the parser counts as two lines each. */
function crlfIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.includes('\r\n') ? cell.split('\r\n').length - 1 : 0), 0)
}

/**
 * The records of a CSV text that comes bit by bit. The delimiter (comma, semicolon or tab) is found out by `start`, the beginning of the
 * text, or named by its first line (`sep=;`); a byte order mark, CRLF and quotes are understood; blank lines are left out. Throws `Refusal` naming the line and the text's `name`.
 */
export async function* readCsvRecords(
  name: string,
  start: string,
  text: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<CsvRecord> {
  let countedTwice = 0
  const places = new WeakMap<readonly string[], Omit<CsvRecord, 'cells'>>()
  let last: CsvPlace = { lines: 0, empty_lines: 0 }
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: largestRecord,
    // An error overtakes the records before it, which are on their way to whoever reads.
    on_record(item: unknown) {
      const { record: cells, info } = parsed.parse(item)
      countedTwice += crlfIn(cells)
      const line = info.lines - countedTwice
      last = { lines: line, empty_lines: info.empty_lines }
      places.set(cells, { line, bytes: info.bytes })
      return cells
    },
  })
  const source = Readable.from(text)
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let isSeparatorLine = separatorLine.test(start)
  try {
    const records: AsyncIterable<string[]> = parser
    for await (const cells of records) {
      const place = places.get(cells)
      if (isSeparatorLine) {
        isSeparatorLine = false
        continue
      }
      if (place && cells.some((cell) => cell !== '')) yield { ...place, cells }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal(`${name}: ${csvProblem(error, last)}`)
    throw error
  } finally {
    source.destroy()
  }
}

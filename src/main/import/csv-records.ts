import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { z } from 'zod'
import { Refusal } from '../administration/refusal.ts'
import { errorCode } from '../error-code.ts'

/** One line of a CSV file; a cell with line breaks ends on `line`. */
export interface CsvRecord {
  readonly line: number
  /** How much of the file has been read with it, in bytes. */
  readonly bytes: number
  readonly cells: readonly string[]
}

const parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number(), bytes: z.number() }) })

const delimiters = [',', ';', '\t'] as const
const largestRecord = 1024 * 1024

function unreadable(file: string, error: unknown): Refusal {
  const code = errorCode(error)
  if (code === 'ENOENT') return new Refusal(`There is no file ${file}.`)
  if (code === 'EISDIR') return new Refusal(`${file} is a folder. Name a CSV file.`)
  if (code === 'EACCES') return new Refusal(`${file} cannot be read by this user.`)
  return new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
}

/** Which delimiter the first line has most of outside quotes. */
function delimiterOf(start: string): string {
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

async function readStart(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Spreadsheets also save in the code page of the machine; taken for UTF-8, that would spoil names silently. */
async function* decoded(file: string, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(file))
      if (Buffer.isBuffer(chunk)) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal(`${name} is not UTF-8 text. Save it as "CSV UTF-8".`)
    throw unreadable(name, error)
  }
}

/**
 * The records of a CSV file, the header first, read bit by bit. The delimiter (comma, semicolon or tab) is found out; a byte order mark,
 * CRLF and quotes are understood; blank lines are left out. `name` is what a person calls the file. Throws `Refusal` naming the line.
 */
export async function* csvRecords(file: string, name = file): AsyncGenerator<CsvRecord> {
  const start = await readStart(file).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: largestRecord,
  })
  const source = Readable.from(decoded(file, name))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const item of parser) {
      const { record, info } = parsed.parse(item)
      if (record.some((cell) => cell !== '')) yield { line: info.lines, bytes: info.bytes, cells: record }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal(`${name}: ${error.message.replace(/^[A-Z][\w ]*: /, '')}`)
    throw error
  } finally {
    source.destroy()
  }
}

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Refusal } from '../administration/refusal.ts'
import { readCsvRecords, type CsvRecord } from '../text/csv-records.ts'
import { errorCode } from '../error-code.ts'

function unreadable(file: string, error: unknown): Refusal {
  const code = errorCode(error)
  if (code === 'ENOENT') return new Refusal(`There is no file ${file}.`)
  if (code === 'EISDIR') return new Refusal(`${file} is a folder. Name a CSV file.`)
  if (code === 'ESPIPE')
    return new Refusal(`${file} is a pipe, which can be read only once. Write it into a file and name that.`)
  if (code === 'EACCES') return new Refusal(`${file} cannot be read by this user.`)
  return new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
}

function notUtf8(name: string): Refusal {
  return new Refusal(`${name} is not UTF-8 text. Save it as "CSV UTF-8".`)
}

/** UTF-8, or what the byte order mark says: Excel's "Unicode Text" is UTF-16. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function encodingOf(start: Buffer): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8'
}

interface Start {
  readonly encoding: Encoding
  readonly text: string
}

async function readStart(file: string): Promise<Start> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0)
    const bytes = buffer.subarray(0, bytesRead)
    const encoding = encodingOf(bytes)
    return { encoding, text: new TextDecoder(encoding).decode(bytes) }
  } finally {
    await handle.close()
  }
}

/** Spreadsheets also save in the code page of the machine; taken for UTF-8, that would spoil names silently. */
async function* decoded(file: string, name: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(file)) {
      if (!Buffer.isBuffer(chunk)) continue
      // UTF-16 without a byte order mark would pass for UTF-8.
      if (encoding === 'utf-8' && chunk.includes(0)) throw notUtf8(name)
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (error instanceof TypeError) throw notUtf8(name)
    throw unreadable(name, error)
  }
}

/** The records of a CSV file, the header first; see `readCsvRecords`. `name` is what a person calls the file. Throws `Refusal` naming the line. */
export async function* csvRecords(file: string, name = file): AsyncGenerator<CsvRecord> {
  const start = await readStart(file).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  // How far the file is read is counted in UTF-8, in which most letters of UTF-16 take half as much.
  const scale = start.encoding === 'utf-8' ? 1 : 2
  for await (const record of readCsvRecords(name, start.text, decoded(file, name, start.encoding)))
    yield { ...record, bytes: record.bytes * scale }
}

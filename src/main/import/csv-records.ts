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
    for await (const chunk of createReadStream(file)) {
      if (!Buffer.isBuffer(chunk)) continue
      // UTF-16 without a byte order mark would pass for UTF-8.
      if (chunk.includes(0)) throw notUtf8(name)
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
  yield* readCsvRecords(name, start, decoded(file, name))
}

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Refusal } from '../main/administration/refusal.ts'
import { readCsvRecords, type CsvRecord } from '../main/csv-records.ts'
import { errorCode } from '../main/error-code.ts'

function unreadable(file: string, error: unknown): Refusal {
  const code = errorCode(error)
  if (code === 'ENOENT') return new Refusal(`There is no file ${file}.`)
  if (code === 'EISDIR') return new Refusal(`${file} is a folder. Name a CSV file.`)
  if (code === 'EACCES') return new Refusal(`${file} cannot be read by this user.`)
  return new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
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
async function* decoded(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(file))
      if (Buffer.isBuffer(chunk)) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal(`${file} is not UTF-8 text. Save it as "CSV UTF-8".`)
    throw unreadable(file, error)
  }
}

/** The records of a CSV file, the header first, read bit by bit. Throws `Refusal` naming the line. */
export async function* csvRecords(file: string): AsyncGenerator<CsvRecord> {
  const start = await readStart(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  yield* readCsvRecords(file, start, decoded(file))
}

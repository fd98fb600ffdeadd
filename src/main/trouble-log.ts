import { appendFileSync, closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { jsonIn } from '../scim/json/json.ts'
import { errorCode } from './error-code.ts'

const troubleSchema = z.object({ at: z.number(), message: z.string() })

/** Something that the operator was told. */
export type Trouble = Readonly<z.infer<typeof troubleSchema>>

/** What went wrong in this data directory, kept beside the data, so that it can be read after a restart. */
export interface TroubleLog {
  /** Writes a line. Never throws: a disk that is full has more to say than this file. */
  note(message: string): void
  /** The newest first. */
  newest(limit: number): readonly Trouble[]
}

const fileName = 'troubles.log'
/** Then the file is put aside, in the place of the one before. */
const longestFile = 1024 * 1024
const longestMessage = 8000
/** As much of the end of the file is looked through. */
const lookedThrough = 512 * 1024

/** None where a line was cut off: at the beginning of what was read, or by a crash. */
function parseLine(line: string): readonly Trouble[] {
  const { data } = troubleSchema.safeParse(jsonIn(line))
  return data === undefined ? [] : [data]
}

/** The end of a file, or nothing where there is none. */
function tail(file: string, bytes: number): string {
  let handle: number | undefined
  try {
    handle = openSync(file, 'r')
    const { size } = fstatSync(handle)
    const length = Math.min(size, bytes)
    const buffer = Buffer.alloc(length)
    readSync(handle, buffer, 0, length, size - length)
    return buffer.toString('utf8')
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    return ''
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

export function createTroubleLog(dataDir: string, clock: () => number): TroubleLog {
  const file = join(dataDir, fileName)
  return {
    note(message) {
      const line = `${JSON.stringify({ at: clock(), message: message.slice(0, longestMessage) })}\n`
      try {
        if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > longestFile) renameSync(file, `${file}.1`)
        appendFileSync(file, line, { mode: 0o600 })
      } catch (error) {
        if (errorCode(error) === undefined) throw error
      }
    },
    newest(limit) {
      const now = tail(file, lookedThrough)
      const text = now.length < lookedThrough / 2 ? `${tail(`${file}.1`, lookedThrough)}${now}` : now
      return text.split('\n').flatMap(parseLine).toReversed().slice(0, limit)
    },
  }
}

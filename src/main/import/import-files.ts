import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../error-code.ts'
import { toStoreError } from '../store/store-error.ts'

const dayMs = 86_400_000

/** A file that is written from its beginning to its end. */
export interface WrittenFile {
  /** Appends the whole of it. Throws `StoreError` when the disk does not take it. */
  write(piece: Uint8Array | string): Promise<void>
  close(): Promise<void>
}

/** What an import keeps on the disk while it lasts, for its owner alone. */
export interface ImportFiles {
  /** The file as it came. */
  upload(id: string): string
  /** A new, empty file. Throws `StoreError` when there cannot be one. */
  create(path: string): Promise<WrittenFile>
  /** What became of every line. */
  report(id: string): string
  read(path: string): AsyncIterable<string>
  remove(id: string): Promise<void>
}

interface Parts {
  readonly dataDir: string
  /** Ms since the epoch. */
  readonly clock: () => number
  /** Whether the files of this import are still wanted, however old they are. */
  readonly isKept: (id: string) => boolean
}

/** When a file was written last; undefined when somebody has removed it since its name was read. */
async function writtenAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    return undefined
  }
}

async function orStoreError<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw toStoreError(error, path) ?? error
  }
}

/** Files in a folder of the data directory. What a server that was killed has left there goes after a day. */
export function createImportFiles({ dataDir, clock, isKept }: Parts): ImportFiles {
  const folder = join(dataDir, 'imports')
  const inFolder = (name: string) => join(folder, name)

  async function tidy(): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const name of await readdir(folder)) {
      const [id = ''] = name.split('.', 1)
      if (isKept(id)) continue
      const at = await writtenAt(inFolder(name))
      if (at !== undefined && clock() - at > dayMs) await rm(inFolder(name), { force: true })
    }
  }

  return {
    upload: (id) => inFolder(`${id}.csv`),
    report: (id) => inFolder(`${id}.result.csv`),
    async create(path) {
      const file = await orStoreError(path, async () => {
        await tidy()
        return open(path, 'w', 0o600)
      })
      return {
        // Unlike `write`, it goes on after a part, until all of it is there.
        write: (piece) => orStoreError(path, () => file.writeFile(piece)),
        close: () => orStoreError(path, () => file.close()),
      }
    },
    async *read(path) {
      for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 128 * 1024 }))
        yield String(chunk)
    },
    async remove(id) {
      for (const name of [`${id}.csv`, `${id}.result.csv`]) await rm(inFolder(name), { force: true })
    },
  }
}

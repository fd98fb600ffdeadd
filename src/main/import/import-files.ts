import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../error-code.ts'

const dayMs = 86_400_000

/** What an import keeps on the disk while it lasts, for its owner alone. */
export interface ImportFiles {
  /** The file as it came. */
  upload(id: string): string
  /** A new, empty file. */
  create(path: string): Promise<FileHandle>
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
      await tidy()
      return open(path, 'w', 0o600)
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

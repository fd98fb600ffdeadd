import { randomUUID } from 'node:crypto'
import type { ImportedUser } from '../../administration/records/import-users.ts'
import { loadDirectoryConfig } from '../../directory/directory-config.ts'
import { BadLine } from '../../import/bad-line.ts'
import { createForecaster, type Forecaster, type ForecastRow } from '../../import/forecast.ts'
import { openImportFile, userNameOf, type ImportFile } from '../../import/import-file.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { ReadSources } from './read-sources.ts'

/** What an import would do with one line, or why it does nothing. */
export type LookedAt =
  | ForecastRow
  | { readonly line: number; readonly userName: string; readonly outcome: 'refused'; readonly problem: string }

export interface LookedAtPart {
  readonly rows: readonly LookedAt[]
  /** How much of the file has been read. */
  readonly bytes: number
  readonly isLast: boolean
  /** After the last part: a line that is refused after all. */
  readonly after: { readonly line: number; readonly problem: string } | undefined
}

export interface ImportPart {
  readonly users: readonly ImportedUser[]
  readonly isLast: boolean
}

interface OpenImport {
  readonly file: ImportFile
  readonly forecaster: Forecaster
  readonly without: ReadonlySet<number>
  /** How much of the file has been read. */
  bytes: number
}

/** How long one part may take, in ms: others wait for this thread. */
const longestMs = 50
const mostOpen = 8

/** Import files that are being read, in parts. */
export interface ImportReads {
  open(input: {
    readonly path: string
    readonly name: string
    readonly directoryId: number
    /** Lines that are passed over. */
    readonly without: readonly number[]
  }): Promise<{ readonly id: string; readonly columns: readonly string[] }>
  look(id: string): Promise<LookedAtPart>
  users(id: string, limit: number): Promise<ImportPart>
  close(id: string): Promise<void>
}

export function createImportReads(reads: StoreReads): ImportReads {
  const open = new Map<string, OpenImport>()

  async function close(id: string): Promise<void> {
    const found = open.get(id)
    open.delete(id)
    await found?.file.lines.return(undefined)
  }

  function known(id: string): OpenImport {
    const found = open.get(id)
    if (!found) throw new Error('the import file has been closed')
    return found
  }

  return {
    async open({ path, name, directoryId, without }) {
      const models = loadDirectoryConfig(reads).models.get(directoryId)
      if (!models) throw new Error('the directory has no models')
      const file = await openImportFile(path, name, models.user)
      const [oldest] = open.keys()
      if (open.size >= mostOpen && oldest !== undefined) await close(oldest)
      const id = randomUUID()
      const forecaster = createForecaster(reads, directoryId, models.user)
      open.set(id, { file, forecaster, without: new Set(without), bytes: 0 })
      return { id, columns: file.columns }
    },
    async look(id) {
      const found = known(id)
      const rows: LookedAt[] = []
      const until = performance.now() + longestMs
      while (performance.now() < until) {
        const step = await found.file.lines.next()
        if (step.done === true) {
          const last = found.forecaster.conclude()
          await close(id)
          return { rows, bytes: found.bytes, isLast: true, after: last && { line: last.line, problem: last.problem } }
        }
        found.bytes = step.value.bytes
        if (step.value.kind === 'bad') {
          const { line, problem } = step.value.line
          rows.push({ line, userName: step.value.userName, outcome: 'refused', problem })
        } else rows.push(looked(found.forecaster, step.value.user))
      }
      return { rows, bytes: found.bytes, isLast: false, after: undefined }
    },
    async users(id, limit) {
      const { file, without } = known(id)
      const users: ImportedUser[] = []
      while (users.length < limit) {
        const step = await file.lines.next()
        if (step.done === true) {
          await close(id)
          return { users, isLast: true }
        }
        if (step.value.kind === 'user' && !without.has(step.value.user.line)) users.push(step.value.user)
      }
      return { users, isLast: false }
    },
    close,
  }
}

function looked(forecaster: Forecaster, user: ImportedUser): LookedAt {
  try {
    return forecaster.look(user)
  } catch (error) {
    if (error instanceof BadLine)
      return { line: error.line, userName: userNameOf(user), outcome: 'refused', problem: error.problem }
    throw error
  }
}

export function openImport({ imports }: ReadSources, input: Parameters<ImportReads['open']>[0]) {
  return imports.open(input)
}

export function lookAtImport({ imports }: ReadSources, input: { readonly id: string }): Promise<LookedAtPart> {
  return imports.look(input.id)
}

export function usersOfImport(
  { imports }: ReadSources,
  input: { readonly id: string; readonly limit: number },
): Promise<ImportPart> {
  return imports.users(input.id, input.limit)
}

export function closeImport({ imports }: ReadSources, input: { readonly id: string }): Promise<void> {
  return imports.close(input.id)
}

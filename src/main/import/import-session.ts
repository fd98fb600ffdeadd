import type { Administer } from '../administration/administer.ts'
import type { ImportedLine, ImportedUser } from '../administration/records/import-users.ts'
import { Refusal } from '../administration/refusal.ts'
import type { ConsoleReads } from '../api/reads/console-reads.ts'
import type { LookedAt, LookedAtPart } from '../api/reads/import-reads.ts'
import type { ReadOutputOf } from '../api/reads/read-commands.ts'
import { csvLine } from '../export/export-users.ts'
import { StoreError } from '../store/store-error.ts'
import { createForecastLines } from './forecast-lines.ts'
import { userNameOf } from './import-file.ts'
import type { ImportFiles, WrittenFile } from './import-files.ts'
import { createRefusedLines } from './refused-lines.ts'
import { noCounts, type ForecastLine, type ImportCounts, type ImportOutcome, type ImportState } from './import-state.ts'

/** Users of one transaction: few, so that an IdP that writes meanwhile does not wait long. */
const batchSize = 100

export interface SessionParts {
  readonly files: ImportFiles
  readonly administer: Administer
  readonly reads: ConsoleReads
}

export type NewImport = Pick<ImportState, 'id' | 'directory' | 'fileName' | 'bytes' | 'createdAt'> & {
  readonly directoryId: number
}

/** One import, from the arrival of its file to its result. */
export interface ImportSession {
  state(): ImportState
  /** A failure that nobody foresaw, to be thrown to whoever watches. */
  bug(): unknown
  /** Calls the listener after each change. Returns how to stop it. */
  subscribe(listener: () => void): () => void
  /** Takes the next piece of the file; one that is there already is passed over. The last one has the file checked. Throws `Refusal` for a gap. */
  receive(at: number, piece: Uint8Array): Promise<number>
  lines(
    outcome: ImportOutcome | undefined,
    offset: number,
    limit: number,
  ): { readonly items: readonly ForecastLine[]; readonly total: number }
  /** Begins to write. Throws `Refusal` when that is not possible now. */
  run(skipsManaged: boolean): void
  /** Stops after the batch under way; returns whether there was anything to stop. */
  cancel(): boolean
  /** What became of every line, as CSV. Throws `Refusal` before there is anything to tell. */
  report(): AsyncIterable<string>
  /** Stops, and removes the files. */
  close(): Promise<void>
}

function plus(counts: ImportCounts, outcome: ImportOutcome, by: number): ImportCounts {
  return { ...counts, [outcome]: counts[outcome] + by }
}

function lineOf(looked: LookedAt): ForecastLine {
  if (looked.outcome === 'refused')
    return { ...looked, userName: looked.userName, isManaged: false, formerOf: undefined, changes: [] }
  return { ...looked, problem: undefined }
}

function problemOf(error: unknown): string {
  return error instanceof Refusal || error instanceof StoreError ? error.message : 'Rollcall failed.'
}

export function createImportSession(parts: SessionParts, { directoryId, ...given }: NewImport): ImportSession {
  const { files, administer, reads } = parts
  const { id, directory, fileName, bytes } = given
  const listeners = new Set<() => void>()
  const forecastLines = createForecastLines()
  const refused = createRefusedLines()
  let upload: WrittenFile | undefined
  let bug: unknown
  let isCancelled = false
  let isClosed = false
  let working: Promise<void> = Promise.resolve()
  let state: ImportState = {
    ...given,
    phase: 'receiving',
    problem: undefined,
    done: 0,
    of: bytes,
    columns: [],
    forecast: noCounts,
    managed: 0,
    former: 0,
    result: noCounts,
  }

  function set(changes: Partial<ImportState>): void {
    state = { ...state, ...changes }
    for (const listener of listeners) listener()
  }

  /** Work that nobody waits for: how it ends stands in the state. */
  function start(work: () => Promise<void>, failed: 'unusable' | 'failed'): void {
    working = work().catch((error: unknown) => {
      if (isClosed) return
      if (!(error instanceof Refusal || error instanceof StoreError)) bug = error
      set({ phase: failed, problem: problemOf(error) })
    })
  }

  async function removeFiles(): Promise<void> {
    await upload?.close()
    upload = undefined
    await files.remove(id)
  }

  async function write(piece: Uint8Array): Promise<void> {
    try {
      upload ??= await files.create(files.upload(id))
      await upload.write(piece)
    } catch (error) {
      // The part that is there would keep a full disk full.
      await removeFiles()
      set({ phase: 'unusable', problem: problemOf(error) })
      throw error
    }
    set({ done: state.done + piece.byteLength })
    if (state.done < bytes) return
    await upload.close()
    upload = undefined
    start(check, 'unusable')
  }

  function noteForecast(line: ForecastLine): void {
    forecastLines.add(line)
    if (line.outcome === 'refused')
      refused.add({ line: line.line, userName: line.userName, problem: line.problem ?? '' })
  }

  /** Has the file read from its beginning; whatever comes of that, it is closed. `without`: lines that are passed over. */
  async function withFile<Result>(
    without: readonly number[],
    use: (opened: ReadOutputOf<'open-import'>) => Promise<Result>,
  ): Promise<Result> {
    const opened = await reads.ask('open-import', { path: files.upload(id), name: fileName, directoryId, without })
    try {
      return await use(opened)
    } finally {
      await reads.ask('close-import', { id: opened.id })
    }
  }

  /** Finds out what would happen, line by line. */
  async function check(): Promise<void> {
    set({ phase: 'checking', done: 0, of: bytes })
    await withFile([], async (opened) => {
      set({ columns: opened.columns })
      for (let isLast = false; !isLast;) {
        const part = await reads.ask('look-at-import', { id: opened.id })
        if (isClosed) return
        notePart(part)
        ;({ isLast } = part)
      }
    })
    if (!isClosed) set({ phase: 'ready', done: bytes })
  }

  function notePart(part: LookedAtPart): void {
    let { forecast, managed, former } = state
    for (const looked of part.rows) {
      const line = lineOf(looked)
      noteForecast(line)
      forecast = plus(forecast, line.outcome, 1)
      if (line.isManaged && line.outcome === 'updated') managed += 1
      if (line.formerOf !== undefined) former += 1
    }
    set({ forecast, managed, former, done: part.bytes })
    if (part.after) refuseAfterAll(part.after.line, part.after.problem)
  }

  /** The line that would take the last Administrator away is known only when the whole file has been seen. */
  function refuseAfterAll(line: number, problem: string): void {
    // Only somebody who is there can be demoted, so the line was to update.
    const found = forecastLines.refuse(line, problem) ?? {
      was: 'updated' as const,
      refused: {
        line,
        userName: '',
        outcome: 'refused' as const,
        problem,
        isManaged: false,
        formerOf: undefined,
        changes: [],
      },
    }
    refused.insert({ line, userName: found.refused.userName, problem })
    set({
      forecast: plus(plus(state.forecast, found.was, -1), 'refused', 1),
      managed: state.managed - (found.refused.isManaged && found.was === 'updated' ? 1 : 0),
    })
  }

  async function imported(users: readonly ImportedUser[], skipsManaged: boolean): Promise<readonly ImportedLine[]> {
    try {
      return await administer('import-users-by-line', { directory, users, skipsManaged })
    } catch (error) {
      // What the engine refuses as a whole, such as a directory that is gone.
      if (!(error instanceof Refusal)) throw error
      return users.map(({ line }) => ({ line, outcome: 'refused', id: null, problem: error.message }))
    }
  }

  /** Writes the lines of the open file batch by batch, and what became of each into the report. */
  async function importLines(file: string, report: WrittenFile, skipsManaged: boolean): Promise<'done' | 'cancelled'> {
    const nextRefused = refused.giver()
    /** Those refused before, in their places among the others. */
    const refusedUpTo = (line: number) =>
      nextRefused(line)
        .map((each) => csvLine([String(each.line), each.userName, 'refused', '', each.problem]))
        .join('')
    await report.write(csvLine(['line', 'userName', 'outcome', 'id', 'problem']))
    for (;;) {
      const { users, isLast } = await reads.ask('users-of-import', { id: file, limit: batchSize })
      if (users.length > 0) {
        const outcomes = await imported(users, skipsManaged)
        let { result } = state
        let text = ''
        for (const [n, each] of outcomes.entries()) {
          const user = users[n]
          text += refusedUpTo(each.line)
          text += csvLine([
            String(each.line),
            user ? userNameOf(user) : '',
            each.outcome,
            each.id ?? '',
            each.problem ?? '',
          ])
          result = plus(result, each.outcome, 1)
        }
        await report.write(text)
        set({ result, done: state.done + users.length })
      }
      if (isLast) {
        await report.write(refusedUpTo(Number.MAX_SAFE_INTEGER))
        return 'done'
      }
      if (isCancelled || isClosed) return 'cancelled'
    }
  }

  async function runAll(skipsManaged: boolean): Promise<void> {
    const { forecast } = state
    const without = refused.numbers()
    const lines = forecast.created + forecast.updated + forecast.unchanged
    set({ phase: 'running', done: 0, of: lines, result: plus(noCounts, 'refused', without.length) })
    const report = await files.create(files.report(id))
    let phase: 'done' | 'cancelled'
    try {
      phase = await withFile(without, (opened) => importLines(opened.id, report, skipsManaged))
    } finally {
      await report.close()
    }
    set({ phase })
  }

  return {
    state: () => state,
    bug: () => bug,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async receive(at, piece) {
      if (state.phase !== 'receiving') return state.done
      if (at + piece.byteLength <= state.done && piece.byteLength > 0) return state.done
      if (at !== state.done || at + piece.byteLength > bytes)
        throw new Refusal('The file did not arrive as it was announced. Choose it again.')
      await write(piece)
      return at + piece.byteLength
    },
    lines: (outcome, offset, limit) => forecastLines.page(outcome, offset, limit),
    run(skipsManaged) {
      if (state.phase !== 'ready') throw new Refusal('This import has begun already, or is not ready yet.')
      start(() => runAll(skipsManaged), 'failed')
    },
    cancel() {
      if (state.phase !== 'running') return false
      isCancelled = true
      return true
    },
    report() {
      if (state.phase !== 'done' && state.phase !== 'cancelled' && state.phase !== 'failed')
        throw new Refusal('There is nothing to tell before the import has ended.')
      return files.read(files.report(id))
    },
    async close() {
      isClosed = true
      await working
      await removeFiles()
    },
  }
}

import type { Administer } from '../administration/administer.ts'
import type { ImportedLine } from '../administration/records/import-users.ts'
import { Refusal } from '../administration/refusal.ts'
import type { ConsoleReads } from '../api/reads/console-reads.ts'
import type { LookedAt, LookedAtPart } from '../api/reads/import-reads.ts'
import type { ReadOutputOf } from '../api/reads/read-commands.ts'
import { StoreError } from '../store/store-error.ts'
import { createForecastLines } from './forecast-lines.ts'
import type { ImportFiles, WrittenFile } from './import-files.ts'
import { createRefusedLines } from './refused-lines.ts'
import { noCounts, type ForecastLine, type ImportCounts, type ImportOutcome, type ImportState } from './import-state.ts'
import { writeLines } from './write-lines.ts'

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
  /** A piece whose acknowledgement was lost is sent again, maybe while it is still being written: one after another. */
  let receiving: Promise<unknown> = Promise.resolve()
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

  async function take(at: number, piece: Uint8Array): Promise<number> {
    if (isClosed || state.phase !== 'receiving') return state.done
    if (at + piece.byteLength <= state.done && piece.byteLength > 0) return state.done
    if (at !== state.done || at + piece.byteLength > bytes)
      throw new Refusal('The file did not arrive as it was announced. Choose it again.')
    await write(piece)
    return at + piece.byteLength
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

  function noteBatch(outcomes: readonly ImportedLine[]): void {
    set({
      result: outcomes.reduce((sum, { outcome }) => plus(sum, outcome, 1), state.result),
      done: state.done + outcomes.length,
    })
  }

  async function runAll(skipsManaged: boolean): Promise<void> {
    const { forecast } = state
    const without = refused.numbers()
    const lines = forecast.created + forecast.updated + forecast.unchanged
    set({ phase: 'running', done: 0, of: lines, result: plus(noCounts, 'refused', without.length) })
    const report = await files.create(files.report(id))
    let phase: 'done' | 'cancelled'
    try {
      const isStopped = () => isCancelled || isClosed
      const to = { administer, reads, directory, refused, report, skipsManaged, onBatch: noteBatch, isStopped }
      phase = await withFile(without, (opened) => writeLines(opened.id, to))
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
    receive(at, piece) {
      const received = receiving.then(() => take(at, piece))
      receiving = received.catch(() => undefined)
      return received
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
      await receiving
      await working
      await removeFiles()
    },
  }
}

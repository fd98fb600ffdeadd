import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFileName } from '../store/file/database-file-names.ts'
import { errorCode } from '../error-code.ts'

/** Whoever still writes a file has touched it since, in ms. */
const silentMs = 3_600_000

/** What `temporaryOf` gives. SQLite's journal may stand beside it. */
const unfinished = /^(?<meant>.+)\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.new(?:-journal)?$/

/** A name for a file that is not complete yet. */
export function temporaryOf(file: string): string {
  return `${file}.${randomUUID()}.new`
}

/** A database that is made ready for its place, and SQLite's files beside it. */
const restoring = new Set(['', '-wal', '-shm', '-journal'].map((end) => `${databaseFileName}.restoring${end}`))

function namesIn(folder: string, isOurs: (name: string) => boolean): readonly string[] {
  try {
    return readdirSync(folder).filter(isOurs)
  } catch (error) {
    // They are in nobody's way; the next one tries again.
    if (errorCode(error) === undefined) throw error
    return []
  }
}

function removeThose(folder: string, names: readonly string[]): void {
  try {
    for (const name of names) rmSync(join(folder, name), { force: true })
  } catch (error) {
    if (errorCode(error) === undefined) throw error
  }
}

/** What a process left that was ended while it wrote a file that `isMeant` knows by name: each holds personal data, a backup those of everybody. */
export function halfWritten(folder: string, now: number, isMeant: (name: string) => boolean): readonly string[] {
  const isSilent = (name: string) =>
    now - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now) > silentMs
  return namesIn(folder, (name) => isMeant(unfinished.exec(name)?.groups?.['meant'] ?? '') && isSilent(name))
}

export function removeHalfWritten(folder: string, now: number, isMeant: (name: string) => boolean): void {
  removeThose(folder, halfWritten(folder, now, isMeant))
}

/** What a process left in the data directory that was ended in the midst of a restoration; the data were not touched by then. */
export function halfRestored(dataDir: string): readonly string[] {
  return namesIn(dataDir, (name) => restoring.has(name))
}

/**
 * Removes it. To be called by who has the database open: nobody begins a restoration meanwhile, and none that has begun lets anybody open it.
 */
export function removeHalfRestored(dataDir: string): void {
  removeThose(dataDir, halfRestored(dataDir))
}

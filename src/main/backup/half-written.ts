import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFileName } from '../store/database-file-names.ts'
import { errorCode } from '../error-code.ts'

/** Whoever still writes a file has touched it since, in ms. */
const silentMs = 3_600_000

/** While a backup is written. SQLite's journal may stand beside it. */
const unfinished = /^(?<backup>.+)\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.new(?:-journal)?$/

/** A database that is made ready for its place, and SQLite's files beside it. */
const restoring = new Set(['', '-wal', '-shm', '-journal'].map((end) => `${databaseFileName}.restoring${end}`))

function removeSilent(folder: string, now: number, isOurs: (name: string) => boolean): void {
  try {
    for (const name of readdirSync(folder).filter(isOurs)) {
      const file = join(folder, name)
      const touchedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now
      if (now - touchedAt > silentMs) rmSync(file, { force: true })
    }
  } catch (error) {
    // They are in nobody's way; the next one tries again.
    if (errorCode(error) === undefined) throw error
  }
}

/** Removes what a process left that was ended while it wrote a backup that `isBackup` knows by name: each is a copy of everybody's data. */
export function removeHalfWritten(folder: string, now: number, isBackup: (name: string) => boolean): void {
  removeSilent(folder, now, (name) => isBackup(unfinished.exec(name)?.groups?.['backup'] ?? ''))
}

/** Removes what a process left in the data directory that was ended in the midst of a restoration; the data were not touched by then. */
export function removeHalfRestored(dataDir: string, now: number): void {
  removeSilent(dataDir, now, (name) => restoring.has(name))
}

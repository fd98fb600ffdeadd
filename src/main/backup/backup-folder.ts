import { accessSync, constants, readdirSync, rmSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { Refusal } from '../administration/refusal.ts'
import { errorCode } from '../error-code.ts'
import { isAhead } from '../is-ahead.ts'

export interface BackupFile {
  /** Its name in the folder. */
  readonly file: string
  readonly bytes: number
  /** Ms since the epoch. */
  readonly createdAt: number
  /** Written by the schedule, which also takes it away again. */
  readonly isScheduled: boolean
}

const shape = /^rollcall-(auto-)?[\w-]+\.db$/

/** The absolute path of the folder that a schedule names, or of the data directory's own where it names none. */
export function backupFolderOf(dataDir: string, folder: string | null): string {
  return folder ?? join(dataDir, 'backups')
}

/** The name of a backup of this moment, which sorts by time. */
export function backupName(now: number, isScheduled: boolean): string {
  return `rollcall-${isScheduled ? 'auto-' : ''}${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.db`
}

/** Whether a name is one that `backupName` gives. */
export function isBackupName(name: string): boolean {
  return shape.test(name)
}

/** The backups in a folder, newest first; none where the folder is not there or cannot be read. */
export function backupFiles(folder: string): readonly BackupFile[] {
  try {
    return readdirSync(folder)
      .filter(isBackupName)
      .flatMap((file) => {
        const stat = statSync(join(folder, file), { throwIfNoEntry: false })
        const isScheduled = file.startsWith('rollcall-auto-')
        return stat ? { file, bytes: stat.size, createdAt: Math.round(stat.mtimeMs), isScheduled } : []
      })
      .toSorted((one, other) => other.createdAt - one.createdAt)
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    return []
  }
}

/** Takes the oldest files of the schedule away, but for the newest `keep`; returns their names. One of a clock that was ahead is no newest one. */
export function pruneBackups(folder: string, keep: number, now: number): readonly string[] {
  const old = backupFiles(folder)
    .filter((each) => each.isScheduled)
    .toSorted((one, other) => Number(isAhead(one.createdAt, now)) - Number(isAhead(other.createdAt, now)))
    .slice(keep)
    .map((each) => each.file)
  for (const file of old) rmSync(join(folder, file), { force: true })
  return old
}

/** Throws `Refusal` unless backups can be written into a folder that the admin names. */
export function requireFolder(folder: string): void {
  if (!isAbsolute(folder)) throw new Refusal(`"${folder}" is no absolute path, such as /var/backups/rollcall.`)
  try {
    if (!statSync(folder).isDirectory()) throw new Refusal(`${folder} is no folder.`)
    accessSync(folder, constants.W_OK | constants.R_OK)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(
      errorCode(error) === 'ENOENT'
        ? `There is no folder ${folder}. Make it first.`
        : `${folder} cannot be written by this user. Give it write access, or choose another folder.`,
    )
  }
}

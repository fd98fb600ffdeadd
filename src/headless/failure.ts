import { CommanderError } from 'commander'
import { errorCode } from '../main/error-code.ts'
import { toStoreError } from '../main/store/store-error.ts'
import { printable } from './terminal/printable.ts'
import { UsageError } from './usage-error.ts'

/** A command that has said all there is to say, and failed. */
export class ReportedFailure extends Error {
  override readonly name = 'ReportedFailure'
}

/** 0 done (help, version), 1 failed, 2 wrong usage. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return error instanceof UsageError ? 2 : 1
}

/**
 * What SQLite itself has thrown, as the trouble that it means for the database `file`: a damaged page is found when it is first read, anywhere. Any
 * other error is returned as it is.
 */
export function withDatabaseTold(error: unknown, file: string): unknown {
  return errorCode(error)?.startsWith('SQLITE_') ? (toStoreError(error, file) ?? error) : error
}

/** What Node says wherever it asks for the folder that a process is in, its threads included, once that has been deleted. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd'
}

const folderGone = 'The folder that this was started in has been deleted. Change into another one, and try again.'

/** The one line that says what to do, which may quote what others wrote; undefined where it has been said already. */
export function problemOf(error: unknown): string | undefined {
  if (error instanceof CommanderError || error instanceof ReportedFailure) return undefined
  const text = isFolderGone(error) ? folderGone : error instanceof Error ? error.message : String(error)
  return printable(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' '),
  )
}

import { closeSync, existsSync, openSync, realpathSync, statfsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { errorCode } from '../error-code.ts'
import { adviceOnAccess } from './file/advice-on-access.ts'
import { closedPart } from './file/closed-part.ts'

/** A store that cannot be opened, read or written. The message is one line for a person: what is wrong and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: 'newer' | 'damaged' | 'full' | 'read-only' | 'busy' | 'unreadable'

  constructor(code: StoreError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** What is to be stored in it is tried again by itself. */
function isLog(file: string): boolean {
  return basename(file) === 'journal.db'
}

/** A backup does not hold the request log, so restoring one would lose what is whole and mend nothing. */
function damagedText(file: string): string {
  return isLog(file)
    ? `The request log ${file} is damaged. Users and groups are not affected: stop the server and move the file away; a new one is begun.`
    : `The database ${file} is damaged. Restore a backup with "rollcall restore FILE".`
}

/** Whether the disk of a file takes no more bytes or no more files: SQLite tells neither where it makes a file beside the database. */
function holdsNoMore(file: string): boolean {
  try {
    // One that is a link is on the disk to which it leads.
    const { bavail, files, ffree } = statfsSync(dirname(existsSync(file) ? realpathSync(file) : file))
    return bavail === 0 || (files > 0 && ffree === 0)
  } catch {
    return false
  }
}

/** What SQLite opens for a database: itself, its log and the index of that. */
const filesOfDatabase = 3

/** Whether the limit of open files has been reached, which SQLite does not tell. */
function mayOpenNoMore(file: string): boolean {
  const opened: number[] = []
  try {
    for (let count = 0; count < filesOfDatabase; count += 1) opened.push(openSync(dirname(file), 'r'))
    return false
  } catch (error) {
    return errorCode(error) === 'EMFILE' || errorCode(error) === 'ENFILE'
  } finally {
    for (const each of opened) closeSync(each)
  }
}

/** A folder was to be made where something else stands. */
function isMadeFolder(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && error.syscall === 'mkdir'
}

/** Turns what SQLite or the file system threw into a `StoreError`, or returns undefined where it is none of the store's known troubles. */
export function toStoreError(error: unknown, file: string): StoreError | undefined {
  if (error instanceof StoreError) return error
  const code = errorCode(error) ?? ''
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return new StoreError('damaged', damagedText(file), error)
  const cannotOpen = code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR')
  const isFull = code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_IOERR_WRITE'
  if (isFull || (cannotOpen && holdsNoMore(file)))
    return new StoreError(
      'full',
      `The disk that holds ${file} is full. Free some space${isLog(file) ? '' : ' and try again'}.`,
      error,
    )
  if (code === 'EMFILE' || code === 'ENFILE' || (cannotOpen && mayOpenNoMore(file)))
    return new StoreError(
      'unreadable',
      `${file} cannot be opened: as many files are open as may be. Raise the limit (ulimit -n, LimitNOFILE= of a service).`,
      error,
    )
  if (code === 'EROFS')
    return new StoreError(
      'read-only',
      `${file} is on a disk that can only be read. Make it writable, or copy the data directory to one that is.`,
      error,
    )
  const closed = closedPart(file) ?? file
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EPERM')
    return new StoreError(
      'read-only',
      `${closed} cannot be written. ${adviceOnAccess(closed, 'Give this user write access to the file and its folder.')}`,
      error,
    )
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new StoreError('busy', `${file} is locked by another process. Try again.`, error)
  if (cannotOpen || code === 'ENOTDIR' || code === 'ENOENT') {
    const advice = adviceOnAccess(closed, 'Check the path and its permissions.')
    return new StoreError('unreadable', `${closed} cannot be opened. ${advice}`, error)
  }
  if (code === 'EEXIST' && isMadeFolder(error))
    return new StoreError('unreadable', `${error.path} is no folder. Choose another one.`, error)
  return undefined
}

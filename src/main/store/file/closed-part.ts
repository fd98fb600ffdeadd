import { accessSync, constants } from 'node:fs'
import { errorCode } from '../../error-code.ts'

/**
 * Which of a database, its log and the index of that this user may not read and write; undefined where none of them is the reason. SQLite tells of
 * all three alike, and whoever gives the first back to its owner forgets the others.
 */
export function closedPart(file: string): string | undefined {
  return ['', '-wal', '-shm'].map((end) => `${file}${end}`).find(isClosed)
}

/** Whether this user may not read and write a file or folder that is there. */
export function isClosed(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return false
  } catch (error) {
    return errorCode(error) === 'EACCES'
  }
}

import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { errorCode } from '../../error-code.ts'
import { StoreError } from '../store-error.ts'

/** Whether a file is on a disk that can only be read, by whomever: a medium, a snapshot, or a disk that the system no longer writes to. */
export function isOnReadOnlyDisk(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK)
    return false
  } catch (error) {
    return errorCode(error) === 'EROFS'
  }
}

/** Copies a database with its log into a folder of its own, and leaves it without a log. */
function copyInto(folder: string, file: string): string {
  const copy = join(folder, basename(file))
  for (const end of ['', '-wal']) {
    if (!existsSync(`${file}${end}`)) continue
    copyFileSync(`${file}${end}`, `${copy}${end}`)
    chmodSync(`${copy}${end}`, 0o600)
  }
  const connection = new Database(copy, { fileMustExist: true })
  try {
    connection.pragma('journal_mode = DELETE')
  } finally {
    connection.close()
  }
  return copy
}

function openCopy(file: string): Database.Database {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-read-'))
  try {
    return new Database(copyInto(folder, file), { readonly: true, fileMustExist: true })
  } catch (error) {
    if (errorCode(error) !== 'ENOSPC') throw error
    throw new StoreError(
      'full',
      `${file} is on a disk that can only be read, and there is no room for a copy to read from in ${tmpdir()}. Name another folder with TMPDIR.`,
      error,
    )
  } finally {
    // It stays readable through the open connection, and nobody finds it afterwards.
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Opens a database that exists, for reading. SQLite makes files beside it for that; where it cannot, and nobody else has made them, a copy is
 * read. Throws what SQLite or the file system says.
 */
export function openForReading(file: string): Database.Database {
  const isCopied = isOnReadOnlyDisk(file) && existsSync(file) && !existsSync(`${file}-shm`)
  return isCopied ? openCopy(file) : new Database(file, { readonly: true, fileMustExist: true })
}

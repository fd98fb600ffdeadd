import { realpathSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { databaseFileName, journalFileName } from '../store/file/database-file-names.ts'
import { refuseEmptied } from '../store/file/database-files.ts'
import { adviceOnAccess } from '../store/file/advice-on-access.ts'
import { closedPart, isClosed } from '../store/file/closed-part.ts'
import { isThere } from '../store/file/is-there.ts'
import { isOnReadOnlyDisk } from '../store/file/read-only-disk.ts'
import { amount } from '../text/amount.ts'
import { noDataIn } from '../data-dir/no-data.ts'
import { byteSize } from '../text/byte-size.ts'
import { fine, problem, reasonOf, warning, type Finding } from './finding.ts'

const mebibyte = 1024 * 1024

/** Whether there is a data directory that this user can work with. */
export function examineFolder(dataDir: string): readonly Finding[] {
  try {
    if (!isThere(join(dataDir, databaseFileName))) {
      refuseEmptied(dataDir)
      return [problem('data directory', noDataIn(dataDir))]
    }
  } catch (error) {
    return [problem('data directory', reasonOf(error))]
  }
  const folder = examineAccess(dataDir)
  return [folder, ...examineMode(dataDir), ...examineDisks(dataDir)]
}

function examineAccess(dataDir: string): Finding {
  if (isOnReadOnlyDisk(join(dataDir, databaseFileName)))
    return problem(
      'data directory',
      `${dataDir} is on a disk that can only be read: it can be looked at, and not served. Make the disk writable, or copy the data directory to one that is.`,
    )
  const closed = isClosed(dataDir) ? dataDir : closedPart(join(dataDir, databaseFileName))
  if (closed !== undefined)
    return problem(
      'data directory',
      `${closed} cannot be written by this user. ${adviceOnAccess(closed, 'Give it write access.')}`,
    )
  return fine('data directory', `${dataDir} can be read and written.`)
}

/** Windows has no mode bits; the profile folder protects the data there. */
function examineMode(dataDir: string): readonly Finding[] {
  if (process.platform === 'win32') return []
  const mode = statSync(dataDir).mode & 0o777
  return (mode & 0o077) === 0
    ? []
    : [warning('permissions', `Other users of this machine can look into ${dataDir}. Run: chmod 700 ${dataDir}`)]
}

/** Whether there is room on the disk of a data directory, and on that of its request log where it has one of its own. */
export function examineDisks(dataDir: string): readonly Finding[] {
  const journal = join(dataDir, journalFileName)
  const hasOwn = isThere(journal) && statSync(journal).dev !== statSync(dataDir).dev
  return [
    examineDisk('disk', dataDir),
    // A link leads to the folder in which SQLite keeps what belongs to it.
    ...(hasOwn ? [examineDisk('disk of the request log', dirname(realpathSync(journal)))] : []),
  ]
}

function examineDisk(check: string, folder: string): Finding {
  const { bavail, bsize, files, ffree } = statfsSync(folder)
  // Some file systems have no such number and say 0 of 0.
  if (files > 0 && ffree < 16)
    return problem(check, `It takes only ${amount(ffree, 'more file')} (inodes). Delete some, or writes will fail.`)
  const free = bavail * bsize
  if (free < 100 * mebibyte) return problem(check, `Only ${byteSize(free)} are free. Make room, or writes will fail.`)
  if (free < 1024 * mebibyte) return warning(check, `Only ${byteSize(free)} are free. Make room soon.`)
  return fine(check, `${byteSize(free)} are free.`)
}

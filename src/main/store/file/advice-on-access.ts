import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode } from '../../error-code.ts'
import { databaseFileName } from './database-file-names.ts'

/** The number of the user whom a file or folder belongs to; undefined when that is `user`, or not to be known. */
export function otherOwner(file: string, user: number): number | undefined {
  try {
    const { uid } = statSync(file)
    return uid === user ? undefined : uid
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    return undefined
  }
}

/**
 * What to do about a file or folder that this user may not use: a sentence for its being another's, or the usual one. To root nothing is forbidden for
 * that.
 */
export function adviceOnAccess(file: string, usual: string, user = process.getuid?.()): string {
  const owner = user === undefined || user === 0 ? undefined : otherOwner(file, user)
  if (owner === undefined) return usual
  // All of a data directory is Rollcall's; what else is in another folder is not.
  const dataDir = [file, dirname(file)].find((each) => existsSync(join(each, databaseFileName)))
  const given =
    dataDir === undefined
      ? `it given to this one (chown ${user} ${file})`
      : `the data directory given to this one (chown -R ${user} ${dataDir})`
  return `It belongs to another user (uid ${owner}): run Rollcall as that user, or have ${given}.`
}

import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from '../error-code.ts'

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

/** What to do about a file that this user may not use: a sentence for its being another's, or the usual one. To root nothing is forbidden for that. */
export function adviceOnAccess(file: string, usual: string): string {
  const user = process.getuid?.()
  const owner = user === undefined || user === 0 ? undefined : otherOwner(file, user)
  if (owner === undefined) return usual
  return `It belongs to another user (uid ${owner}): run Rollcall as that user, or have what is in the folder given to this one (chown -R ${user} ${dirname(file)}).`
}

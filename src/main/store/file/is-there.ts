import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from '../../error-code.ts'
import { StoreError } from '../store-error.ts'

/** For a file of the data directory. */
const asItsOwner = 'Run the command as the user to whom the data belongs.'

/**
 * Whether a file is there. Throws `StoreError` where that cannot be told, as in the folder of another user: taken for an absence, it would
 * be told as "nothing recorded". `advice` is what to do then.
 */
export function isThere(file: string, advice = asItsOwner): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EACCES' || code === 'EPERM')
      throw new StoreError('unreadable', `This user may not look into ${dirname(file)}. ${advice}`, error)
    throw new StoreError('unreadable', `${file} cannot be opened. Check the path and its permissions.`, error)
  }
}

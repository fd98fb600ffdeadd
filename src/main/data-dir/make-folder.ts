import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from '../error-code.ts'

/**
 * Makes a folder for its owner alone, and those above it that are missing; one that is there stays as it is. Node's own recursive way does
 * not end where the system makes no folders, as in /proc. Throws what the system says.
 */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const above = dirname(folder)
    if (errorCode(error) === 'EEXIST' && statSync(folder).isDirectory()) return // by another process, meanwhile
    if (errorCode(error) !== 'ENOENT' || statSync(above, { throwIfNoEntry: false }) !== undefined) throw error
    makeFolder(above)
    makeFolder(folder)
  }
}

import { closeSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { errorCode } from '../error-code.ts'

/**
 * Gives a finished file its name, under which it appears whole; a file that has it already stays: then the error has the code `EEXIST`.
 * `link` is another one in tests alone.
 */
export function giveName(temporary: string, file: string, link: (from: string, to: string) => void = linkSync): void {
  try {
    link(temporary, file)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error
    takeName(temporary, file)
  }
}

/** The same on a file system without hard links, such as that of a USB stick or a share: the name is taken before the file gets it. */
function takeName(temporary: string, file: string): void {
  closeSync(openSync(file, 'wx'))
  try {
    renameSync(temporary, file)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

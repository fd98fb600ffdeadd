import { statSync } from 'node:fs'

/** What is said of a path where Rollcall data are needed and there are none: of a folder without them, and of what is no folder. */
export function noDataIn(dataDir: string): string {
  if (statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === false)
    return `${dataDir} is no folder. Choose another one.`
  return `There is no Rollcall data in ${dataDir}. Check --data-dir, or begin there with "rollcall serve".`
}

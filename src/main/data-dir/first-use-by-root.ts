import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { otherOwner } from '../store/file/advice-on-access.ts'
import { databaseFileName } from '../store/file/database-file-names.ts'

/** What root is to be told that is about to make the first files in another user's data directory; undefined for everybody else. */
export function firstUseByRoot(dataDir: string): string | undefined {
  if (process.getuid?.() !== 0 || existsSync(join(dataDir, databaseFileName))) return undefined
  const owner = otherOwner(dataDir, 0)
  if (owner === undefined) return undefined
  return `${dataDir} belongs to another user (uid ${owner}), who cannot open what root makes in it. If Rollcall is to run as that user, run commands as that user too, and afterwards hand over what root has made now: chown -R ${owner} ${dataDir}`
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupRunEnd } from '../../main/store/jobs/backup-runs.ts'
import { databaseFileName } from '../../main/store/file/database-file-names.ts'
import { quickVersion } from '../../main/store/file/quick-check.ts'
import type { CommandContext } from '../command-context.ts'
import { withEngine } from '../with-engine.ts'

/** Remembers how a backup ended. A database of an older version is left alone: the backup was made so that it can be migrated afterwards. */
export async function recordBackup(context: CommandContext, how: BackupRunEnd): Promise<void> {
  const database = join(context.dataDir, databaseFileName)
  try {
    if (!existsSync(database) || !quickVersion(database).isCurrent) return
    await withEngine(context, async (engine) => {
      const { id } = await engine.administer('begin-backup', { by: 'command line' })
      if (id !== undefined) await engine.administer('end-backup', { id, how })
    })
  } catch (error) {
    // That it cannot be remembered is no reason for the backup to fail; of one that failed anyway, the reason for that is enough.
    if (how.problem === null)
      context.warn(`The backup was not noted in the history: ${error instanceof Error ? error.message : String(error)}`)
  }
}

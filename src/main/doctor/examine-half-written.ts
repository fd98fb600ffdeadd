import { statSync } from 'node:fs'
import { join } from 'node:path'
import { backupFolderOf, isBackupName } from '../backup/backup-folder.ts'
import { parseSchedule } from '../backup/backup-schedule.ts'
import { backupScheduleSetting } from '../backup/backup-service.ts'
import { isRestored } from '../data-dir/data-dir-lock.ts'
import { halfRestored, halfWritten } from '../data-dir/half-written.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { byteSize } from '../text/byte-size.ts'
import { warning, type Finding } from './finding.ts'

function sizeOf(folder: string, names: readonly string[]): string {
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
  return byteSize(sizes.reduce((sum, each) => sum + each, 0))
}

/** Copies of everybody's data that a process left which was ended in the midst of a backup or a restoration. */
export function examineHalfWritten(dataDir: string, { settings }: StoreReads, now: number): readonly Finding[] {
  const { folder: chosen } = parseSchedule(settings.get(backupScheduleSetting))
  const folder = backupFolderOf(dataDir, chosen)
  const backups = halfWritten(folder, now, isBackupName)
  const restored = isRestored(dataDir, now) ? [] : halfRestored(dataDir)
  const findings: Finding[] = []
  if (backups.length > 0)
    findings.push(
      warning(
        'half-written backups',
        `Of backups that were ended half-way ${sizeOf(folder, backups)} are left in ${folder}. The next backup into it removes them.`,
      ),
    )
  if (restored.length > 0)
    findings.push(
      warning(
        'half-made restoration',
        `Of a restoration that was ended half-way ${sizeOf(dataDir, restored)} are left in ${dataDir}; the data are as they were. The next start of the server, or the next restoration, removes them.`,
      ),
    )
  return findings
}

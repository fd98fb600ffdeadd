import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { previewBackup, type BackupPreview } from '../../backup/preview-backup.ts'
import { writeBackup, type WrittenBackup } from '../../backup/write-backup.ts'
import type { ReadSources } from './read-sources.ts'

/** Writes a backup. The folder `backups` of the data directory is made if need be, for its owner alone. */
export function backUp(
  { dataDir, version }: ReadSources,
  input: { readonly file: string; readonly now: number; readonly replace: boolean },
): WrittenBackup {
  const { file, now, replace } = input
  if (dirname(file) === join(dataDir, 'backups')) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return writeBackup({ dataDir, file, version, now, replace })
}

export function lookIntoBackup({ dataDir }: ReadSources, input: { readonly file: string }): BackupPreview {
  return previewBackup(dataDir, input.file)
}

import { previewBackup, type BackupPreview } from '../../backup/preview-backup.ts'
import type { ReadSources } from './read-sources.ts'

export function lookIntoBackup({ dataDir }: ReadSources, input: { readonly file: string }): BackupPreview {
  return previewBackup(dataDir, input.file)
}

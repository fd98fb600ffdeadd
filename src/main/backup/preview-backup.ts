import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../administration/refusal.ts'
import {
  compareBackup,
  integrationsOfBackup,
  type BackupDifference,
  type BackupIntegration,
} from '../store/file/compare-backup.ts'
import { databaseFileName } from '../store/file/database-file-names.ts'
import { isThere } from '../store/file/is-there.ts'
import { inspectBackup, type BackupContent } from '../store/file/inspect-backup.ts'

export interface BackupPreview extends BackupContent {
  readonly file: string
  readonly bytes: number
  readonly inIt: readonly BackupIntegration[]
  /** Undefined when the data in use cannot be compared with it. */
  readonly difference: BackupDifference | undefined
}

/** Looks into a backup without changing anything. Throws `Refusal` when there is no such file, `StoreError` when it cannot be restored. */
export function previewBackup(dataDir: string, file: string): BackupPreview {
  if (!isThere(file, 'Put the backup elsewhere.')) throw new Refusal(`There is no file ${file}.`)
  const content = inspectBackup(file)
  return {
    ...content,
    file,
    bytes: statSync(file).size,
    inIt: integrationsOfBackup(file),
    difference: compareBackup(file, join(dataDir, databaseFileName)),
  }
}

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeBackup, type WrittenBackup } from '../../backup/write-backup.ts'
import type { ReadSources } from './read-sources.ts'

/** Writes a backup into a folder that is made if need be, for its owner alone. */
export function backUp(
  { dataDir, version }: ReadSources,
  input: { readonly file: string; readonly now: number },
): WrittenBackup {
  mkdirSync(dirname(input.file), { recursive: true, mode: 0o700 })
  return writeBackup({ dataDir, file: input.file, version, now: input.now, replace: false })
}

import { readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../../error-code.ts'
import { aheadMs } from '../../is-ahead.ts'
import { forgetRequests } from '../../journal/forget-requests.ts'
import { previewRedaction, type RedactionPreview } from '../../journal/preview-redaction.ts'
import { databaseBytes } from '../../store/file/database-bytes.ts'
import { databaseFileName, journalFileName } from '../../store/file/database-file-names.ts'
import type { ReadSources } from './read-sources.ts'

export interface DiskUsage {
  readonly database: number
  readonly journal: number
  readonly backups: number
  readonly free: number
  readonly requests: {
    readonly count: number
    readonly oldestAt: number | null
    /** How many of strangers went before their time. */
    readonly droppedOfStrangers: number
  }
}

function folderBytes(folder: string): number {
  try {
    return readdirSync(folder).reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    return 0
  }
}

/** What lies on the disk, in bytes. */
export function diskUsage({ dataDir, journal }: ReadSources, input: { readonly backupFolder: string }): DiskUsage {
  const { bavail, bsize } = statfsSync(dataDir)
  const { count = 0, oldestAt = null, droppedOfStrangers = 0 } = journal.extent() ?? {}
  return {
    database: databaseBytes(join(dataDir, databaseFileName)),
    journal: databaseBytes(join(dataDir, journalFileName)),
    backups: folderBytes(input.backupFolder),
    free: bavail * bsize,
    requests: { count, oldestAt, droppedOfStrangers },
  }
}

export function redactionPreview(
  { journal }: ReadSources,
  input: { readonly paths: readonly string[] },
): RedactionPreview {
  return previewRedaction(journal, input.paths)
}

/** In ms since the epoch. */
interface Age {
  readonly before: number
  readonly now: number
}

/** How many requests are older than a moment. */
export function countOlder({ journal }: ReadSources, { before, now }: Age): number {
  const firstKept = journal.traffic()?.firstSince(before, now + aheadMs)
  return firstKept === undefined ? (journal.extent()?.count ?? 0) : journal.countBefore(firstKept)
}

export function deleteOlder({ dataDir }: ReadSources, { before, now }: Age): number {
  return forgetRequests(join(dataDir, journalFileName), before, now)
}

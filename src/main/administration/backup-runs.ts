import { isAhead } from '../is-ahead.ts'
import type { BackupRunEnd, BackupRunRow } from '../store/jobs/backup-runs.ts'
import type { AdministrationScope } from './administration-scope.ts'

/** How the last backup ended, for whoever tells people of it: `{"at": ms, "problem": text or null}`. */
export const lastBackupSetting = 'last_backup'
const kept = 60
/** One that has not ended by then was interrupted, in ms. */
const abandonedMs = 3_600_000

/**
 * A backup begins. One of the schedule names the moment it was due at: of two servers on one data directory one makes it, and the other
 * is told nothing to do.
 */
export function beginBackup(
  { store, now }: AdministrationScope,
  input: { readonly by: BackupRunRow['started_by']; readonly due?: number | undefined },
): { readonly id: number | undefined } {
  const last = store.backupRuns.lastScheduled()
  if (input.due !== undefined && last && !isAhead(last.started_at, now)) {
    const isMadeByOther = last.started_at >= input.due && last.problem === null && last.ended_at !== null
    const isUnderWay = last.ended_at === null && now - last.started_at < abandonedMs
    if (isMadeByOther || isUnderWay) return { id: undefined }
  }
  store.backupRuns.tidy(kept)
  return { id: store.backupRuns.begin(now, input.by) }
}

export function endBackup(
  { store, now }: AdministrationScope,
  input: { readonly id: number; readonly how: BackupRunEnd },
): void {
  store.backupRuns.end(input.id, now, input.how)
  store.settings.set(lastBackupSetting, JSON.stringify({ at: now, problem: input.how.problem }))
}

/** One that somebody has stopped is none that failed: it leaves no trace, and one of the schedule is due as before. */
export function forgetBackup({ store }: AdministrationScope, input: { readonly id: number }): void {
  store.backupRuns.forget(input.id)
}

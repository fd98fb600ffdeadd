import { nextSlot, parseSchedule } from '../backup/backup-schedule.ts'
import { backupScheduleSetting } from '../backup/backup-service.ts'
import { isAhead } from '../is-ahead.ts'
import { moment } from '../text/moment-text.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { fine, problem, warning, type Finding } from './finding.ts'

const oldMs = 14 * 86_400_000

/** Whether there is a backup, and whether the last one worked. */
export function examineBackups({ settings, backupRuns }: StoreReads, now: number): Finding {
  const [last] = backupRuns.newest(1)
  const good = backupRuns.lastGood()
  const next = nextSlot(parseSchedule(settings.get(backupScheduleSetting)), now)
  const due = next === undefined ? 'None is scheduled: rollcall backup schedule --daily' : `Next ${moment(next, now)}.`
  const when = good === undefined ? 'There is none yet.' : `The newest is of ${moment(good.started_at, now)}.`
  if (last && last.problem !== null) return problem('backups', `The last one failed: ${last.problem} ${when}`)
  if (good === undefined || now - good.started_at > oldMs || isAhead(good.started_at, now))
    return warning('backups', `${when} ${due}`)
  return fine('backups', `${when} ${due}`)
}

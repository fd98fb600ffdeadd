import { countsOf } from '../../jobs/job.ts'
import { spokenDuration } from '../../provisioning/status/spoken-time.ts'
import type { JobRow } from '../../store/jobs/jobs.ts'
import type { Notification } from '../notification.ts'

/** What a job is called, by its kind. */
const names: Readonly<Record<string, string>> = {
  'convert-user-ids': 'The conversion of user IDs',
  'undo-user-ids': 'The undoing of a conversion of user IDs',
}

function ended(row: JobRow): string {
  if (row.state === 'failed') return 'failed'
  return row.state === 'cancelled' ? 'was cancelled' : 'has finished'
}

function countWords(row: JobRow): string {
  const counts = Object.entries(countsOf(row)).map(([name, count]) => `${count} ${name}`)
  return counts.length === 0 ? '' : ` (${counts.join(', ')})`
}

/** What is told of a job that has come to its end; of one that is resumed and ends again, again. */
export function finishedJob(row: JobRow, endedAt: number): Notification {
  const problem = row.problem === null ? [] : [row.problem]
  return {
    key: `job:${row.id}:${endedAt}`,
    rule: 'job-finished',
    phase: 'happened',
    at: endedAt,
    title: `${names[row.kind] ?? `The job ${row.kind}`} ${ended(row)}`,
    lines: [
      `Job ${row.id}: ${row.done} of ${row.total}${countWords(row)}, worked on for ${spokenDuration(row.worked_ms)}.`,
      ...problem,
      ...(row.state === 'failed' ? [`Go on with it when the cause is mended: rollcall jobs resume ${row.id}`] : []),
    ],
    facts: {
      job: row.id,
      kind: row.kind,
      state: row.state,
      done: row.done,
      total: row.total,
      counts: countsOf(row),
      problem: row.problem,
    },
  }
}

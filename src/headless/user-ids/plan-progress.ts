import type { PlanProgress } from '../../main/conversion/plan/plan-task.ts'
import type { Job } from '../../main/jobs/job.ts'

/** How far a preview has come, in a line. */
export function planLine({ phase, done, total }: PlanProgress): string {
  return phase === 'settle'
    ? 'Looking for conflicts'
    : `Looking at users: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** How far a job has come, in a line: `Job 3: 1,200 of 5,000 (24 %), 3,400 a second, 12 s left`. */
export function jobLine(job: Job): string {
  const percent = job.total === 0 ? 100 : Math.floor((job.done / job.total) * 100)
  const rate = job.rate === undefined ? '' : `, ${Math.round(job.rate).toLocaleString('en')} a second`
  const left = job.secondsLeft === undefined ? '' : `, ${duration(job.secondsLeft)} left`
  return `Job ${job.id}: ${job.done.toLocaleString('en')} of ${job.total.toLocaleString('en')} (${percent} %)${rate}${left}`
}

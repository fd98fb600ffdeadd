import type { JournalReader } from '../../journal/journal-reader.ts'
import type { TrafficHour } from '../../store/journal/traffic.ts'

const hourMs = 3_600_000
const keptHours = 32 * 24

/** Sums of traffic by hour, kept in memory: each row of the log is looked at once. */
export interface TrafficLog {
  /** Those of the last 32 days, in no order. */
  hours(now: number): Iterable<TrafficHour>
}

export function createTrafficLog(journal: JournalReader): TrafficLog {
  const sums = new Map<string, TrafficHour>()
  let seen: number | undefined

  function add(row: TrafficHour): void {
    const key = `${row.hour} ${row.slug ?? ''}`
    const before = sums.get(key)
    sums.set(
      key,
      before
        ? {
            ...row,
            requests: before.requests + row.requests,
            failures: before.failures + row.failures,
            userChanges: before.userChanges + row.userChanges,
            groupChanges: before.groupChanges + row.groupChanges,
          }
        : row,
    )
  }

  return {
    hours(now) {
      const reads = journal.traffic()
      if (!reads) return []
      const oldest = Math.floor(now / hourMs) - keptHours
      seen ??= (reads.firstSince(oldest * hourMs) ?? journal.newestId() + 1) - 1
      const newest = journal.newestId()
      if (newest > seen) for (const row of reads.hours(seen, newest)) add(row)
      seen = newest
      for (const [key, { hour }] of sums) if (hour < oldest) sums.delete(key)
      return sums.values()
    },
  }
}

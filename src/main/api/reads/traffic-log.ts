import { setImmediate as turn } from 'node:timers/promises'
import type { JournalReader } from '../../journal/search/journal-reader.ts'
import type { TrafficHour, TrafficMark, TrafficReads } from '../../store/journal/traffic.ts'

const hourMs = 3_600_000
const keptHours = 32 * 24
/** Ids that are looked at before others have their turn: some hundredths of a second. */
const idsPerStep = 10_000
/** What strangers name in a URL is no integration; the names that were seen last are kept. */
const mostRefused = 10_000

/** What the log shows of the last 32 days. */
export interface Traffic {
  /** Sums by hour and integration, in no order. */
  hours(): Iterable<TrafficHour>
  /** The newest exchange of an integration that succeeded, also before. */
  latestGood(slug: string): TrafficMark | undefined
  /** The newest request that named an integration in its URL and was not let in. */
  latestRefusal(slug: string): TrafficMark | undefined
}

/** What is known of traffic, kept in memory: each row of the log is looked at once. */
export interface TrafficLog {
  /** Catches up with the log, in steps between which others have their turn. */
  upTo(now: number): Promise<Traffic>
}

export function createTrafficLog(journal: Pick<JournalReader, 'traffic' | 'newestId'>): TrafficLog {
  const sums = new Map<string, TrafficHour>()
  const goods = new Map<string, TrafficMark>()
  const goodsBefore = new Map<string, TrafficMark | undefined>()
  const refusals = new Map<string, TrafficMark>()
  let begunAfter = 0
  let seen: number | undefined
  let underWay: Promise<void> | undefined

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

  function addRefusal({ slug, ...mark }: TrafficMark & { readonly slug: string }): void {
    refusals.delete(slug)
    refusals.set(slug, mark)
    const [oldest] = refusals.keys()
    if (refusals.size > mostRefused && oldest !== undefined) refusals.delete(oldest)
  }

  /** A log that was removed begins anew. */
  function forget(): void {
    for (const each of [sums, goods, goodsBefore, refusals]) each.clear()
    seen = undefined
  }

  async function catchUp(reads: TrafficReads, oldestHour: number): Promise<void> {
    const newest = journal.newestId()
    if (newest < (seen ?? 0)) forget()
    if (seen === undefined) begunAfter = seen = (reads.firstSince(oldestHour * hourMs) ?? newest + 1) - 1
    while (seen < newest) {
      const to = Math.min(newest, seen + idsPerStep)
      for (const row of reads.hours(seen, to)) add(row)
      for (const { slug, id, at } of reads.goods(seen, to)) goods.set(slug, { id, at })
      for (const each of reads.refusals(seen, to)) addRefusal(each)
      seen = to
      if (seen < newest) await turn()
    }
    for (const [key, { hour }] of sums) if (hour < oldestHour) sums.delete(key)
  }

  function latestGood(reads: TrafficReads, slug: string): TrafficMark | undefined {
    if (!goods.has(slug) && !goodsBefore.has(slug)) goodsBefore.set(slug, reads.latestGood(slug, begunAfter))
    const found = goods.get(slug) ?? goodsBefore.get(slug)
    // What is older may be deleted by now.
    return found && found.id >= (reads.firstSince(0) ?? Infinity) ? found : undefined
  }

  return {
    async upTo(now) {
      const reads = journal.traffic()
      if (!reads) return { hours: () => [], latestGood: () => undefined, latestRefusal: () => undefined }
      underWay ??= catchUp(reads, Math.floor(now / hourMs) - keptHours).finally(() => (underWay = undefined))
      await underWay
      return {
        hours: () => sums.values(),
        latestGood: (slug) => latestGood(reads, slug),
        latestRefusal: (slug) => refusals.get(slug),
      }
    },
  }
}

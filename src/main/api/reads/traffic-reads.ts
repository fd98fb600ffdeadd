import type { ActivityBucket, IntegrationTraffic } from '../../../contract/overview.ts'
import type { JournalDetail } from '../../journal/journal-entry.ts'
import { traceKind } from '../../../idp/trace-kinds.ts'
import type { ReadSources } from './read-sources.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

interface ActivityInput {
  readonly range: 'day' | 'month'
  readonly slug: string | null
  readonly offsetMinutes: number
  readonly now: number
}

/** Traffic in buckets, the oldest first: 24 hours up to now, or 30 days in the zone of the person who looks. */
export function activity({ traffic }: ReadSources, input: ActivityInput): readonly ActivityBucket[] {
  const { now } = input
  const length = input.range === 'day' ? hourMs : dayMs
  const shift = input.range === 'day' ? 0 : input.offsetMinutes * minuteMs
  const count = input.range === 'day' ? 24 : 30
  const last = Math.floor((now - shift) / length)
  const buckets = Array.from({ length: count }, (_, n) => ({
    at: (last - count + 1 + n) * length + shift,
    requests: 0,
    failures: 0,
    userChanges: 0,
    groupChanges: 0,
  }))
  for (const hour of traffic.hours(now)) {
    if (input.slug !== null && hour.slug !== input.slug) continue
    const bucket = buckets[Math.floor((hour.hour * hourMs - shift) / length) - last + count - 1]
    if (!bucket) continue
    bucket.requests += hour.requests
    bucket.failures += hour.failures
    bucket.userChanges += hour.userChanges
    bucket.groupChanges += hour.groupChanges
  }
  return buckets
}

/** Why a request failed, in the words of its trace. */
function reasonOf(detail: JournalDetail | undefined): string | null {
  const failed = detail?.content?.trace.filter((each) => each.code !== 'answered' && traceKind(each) === 'failed')
  return failed?.at(-1)?.sentence ?? (detail ? `${detail.classification}, answered with ${detail.status}` : null)
}

/** An integration whose traffic is asked for. */
export interface TrafficOf {
  readonly slug: string
  /** What came before under this slug was another's, which was deleted then, in ms since the epoch; null where there was none. */
  readonly since: number | null
}

/** How the traffic of some integrations looks, by slug. Sums are of whole hours, also the one in which its time began. */
export function integrationTraffic(
  { journal, traffic }: ReadSources,
  input: { readonly integrations: readonly TrafficOf[]; readonly now: number },
): readonly (readonly [string, IntegrationTraffic])[] {
  const since = Math.floor((input.now - dayMs) / hourMs) + 1
  const firstHours = new Map(input.integrations.map((each) => [each.slug, Math.floor((each.since ?? 0) / hourMs)]))
  const sums = new Map<string, { requests: number; failures: number; userChanges: number; groupChanges: number }>()
  for (const hour of traffic.hours(input.now)) {
    if (hour.slug === null || hour.hour < Math.max(since, firstHours.get(hour.slug) ?? 0)) continue
    const sum = sums.get(hour.slug) ?? { requests: 0, failures: 0, userChanges: 0, groupChanges: 0 }
    sum.requests += hour.requests
    sum.failures += hour.failures
    sum.userChanges += hour.userChanges
    sum.groupChanges += hour.groupChanges
    sums.set(hour.slug, sum)
  }
  const reads = journal.traffic()
  return input.integrations.map(({ slug, since: ownSince }) => {
    const from = ownSince ?? 0
    const latest = reads?.latest(slug, from)
    const good = reads?.latestGood(slug, from)
    const failures = reads?.failures(slug, good?.id ?? 0, from)
    const newestFailure = failures?.newest == null ? undefined : journal.get(failures.newest)
    const newest = newestFailure && newestFailure.id > (latest?.id ?? 0) ? newestFailure : latest
    return [
      slug,
      {
        lastRequestAt: newest?.at ?? null,
        lastSuccessAt: good?.at ?? null,
        failingBecause: newestFailure ? reasonOf(newestFailure) : null,
        ...(sums.get(slug) ?? { requests: 0, failures: 0, userChanges: 0, groupChanges: 0 }),
      },
    ]
  })
}

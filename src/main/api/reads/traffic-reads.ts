import type { ActivityBucket, IntegrationTraffic } from '../../../contract/overview.ts'
import type { JournalDetail } from '../../journal/journal-entry.ts'
import type { TrafficMark } from '../../store/journal/traffic.ts'
import { traceKind } from '../../../idp/trace-kinds.ts'
import type { ReadSources } from './read-sources.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000

interface ActivityInput {
  readonly slug: string | null
  /** Where days begin, the oldest first; null is 24 hours up to now. */
  readonly days: readonly number[] | null
  readonly now: number
}

/** Where the last 24 hours begin, the one of `now` among them. */
function lastHours(now: number): readonly number[] {
  const last = Math.floor(now / hourMs)
  return Array.from({ length: 24 }, (_, n) => (last - 23 + n) * hourMs)
}

/** Traffic in buckets, the oldest first: by the hour, or by days. A day lasts until the next begins: where a clock is changed it has 23 or 25 hours. */
export async function activity(
  { traffic }: Pick<ReadSources, 'traffic'>,
  input: ActivityInput,
): Promise<readonly ActivityBucket[]> {
  const buckets = (input.days ?? lastHours(input.now)).map((at) => ({
    at,
    requests: 0,
    failures: 0,
    userChanges: 0,
    groupChanges: 0,
  }))
  const seen = await traffic.upTo(input.now)
  for (const hour of seen.hours()) {
    if (input.slug !== null && hour.slug !== input.slug) continue
    const bucket = buckets.findLast(({ at }) => at <= hour.hour * hourMs)
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

function notBefore(since: number, mark: TrafficMark | undefined): TrafficMark | undefined {
  return mark && mark.at >= since ? mark : undefined
}

/** How the traffic of some integrations looks, by slug. Sums are of whole hours, also the one in which its time began. */
export async function integrationTraffic(
  { journal, traffic }: Pick<ReadSources, 'journal' | 'traffic'>,
  input: { readonly integrations: readonly TrafficOf[]; readonly now: number },
): Promise<readonly (readonly [string, IntegrationTraffic])[]> {
  const since = Math.floor((input.now - dayMs) / hourMs) + 1
  const firstHours = new Map(input.integrations.map((each) => [each.slug, Math.floor((each.since ?? 0) / hourMs)]))
  const sums = new Map<string, { requests: number; failures: number; userChanges: number; groupChanges: number }>()
  const seen = await traffic.upTo(input.now)
  for (const hour of seen.hours()) {
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
    const good = notBefore(from, seen.latestGood(slug))
    const failed = reads?.latestFailure(slug, good?.id ?? 0, from)
    const refused = notBefore(from, seen.latestRefusal(slug))
    const ended = Math.max(failed?.id ?? 0, refused?.id ?? 0)
    const newestFailure = ended > (good?.id ?? 0) ? journal.get(ended) : undefined
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

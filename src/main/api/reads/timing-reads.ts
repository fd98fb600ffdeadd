import type { RequestTiming } from '../../../contract/request-timing.ts'
import type { ReadSources } from './read-sources.ts'

/** What the time of a request is compared with; undefined when the log has no such request. */
export function timingOfRequest({ journal }: ReadSources, input: { readonly id: number }): RequestTiming | undefined {
  const detail = journal.get(input.id)
  const timing = journal.timing()
  if (!detail || !timing) return undefined
  const slug = detail.integrationSlug
  const durations = timing.alike(detail.method, detail.classification, detail.id)
  const at = (share: number) => durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0
  return {
    before: (slug === undefined ? undefined : timing.before(slug, detail.id)) ?? null,
    alike:
      durations.length < 2
        ? null
        : { count: durations.length, medianMicros: at(0.5), p95Micros: at(0.95), longestMicros: at(1) },
  }
}

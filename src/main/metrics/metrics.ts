import { version } from '../../../package.json'
import type { Provisioning } from '../provisioning/provisioning.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { renderMetrics } from './render-metrics.ts'
import type { RequestMeter } from './request-meter.ts'

/** The setting that switches the metrics on. */
export const metricsSetting = 'metrics'

export function areMetricsOn(reads: Pick<StoreReads, 'settings'>): boolean {
  return reads.settings.get(metricsSetting) === 'on'
}

interface Parts {
  readonly reads: StoreReads
  readonly provisioning: Provisioning
  readonly meter: RequestMeter
  readonly startedAt: number
  readonly now: () => number
}

/** The metrics of a running server as text; undefined while they are switched off. */
export function currentMetrics({ reads, provisioning, meter, startedAt, now }: Parts): string | undefined {
  if (!areMetricsOn(reads)) return undefined
  return renderMetrics({
    version,
    now: now(),
    startedAt,
    requests: meter.figures(),
    integrations: provisioning.status(1).map(({ slug, state, lastRequestAt, running, cycles }) => {
      const cycle = (running ?? cycles[0])?.activity
      return {
        slug,
        state,
        lastRequestAt,
        cycle: cycle && { startedAt: cycle.startedAt, failed: cycle.counts.failed },
      }
    }),
    outbox: reads.outbox.depth(),
  })
}

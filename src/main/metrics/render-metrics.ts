import { integrationStates } from '../provisioning/status/integration-state.ts'
import type { OutboxDepth } from '../store/notify/outbox.ts'
import { latencyBounds, type RequestFigures } from './request-meter.ts'

/** What operators are shown of an integration. Times are in ms since the epoch. */
export interface IntegrationFigures {
  readonly slug: string
  readonly state: string
  readonly lastRequestAt: number | undefined
  /** Of the cycle that runs or was the last. */
  readonly cycle: { readonly startedAt: number; readonly failed: number } | undefined
}

/** Everything that the metrics are made of, as of one moment. */
export interface MetricsSnapshot {
  readonly version: string
  readonly now: number
  readonly startedAt: number
  readonly requests: RequestFigures
  readonly integrations: readonly IntegrationFigures[]
  readonly outbox: readonly OutboxDepth[]
}

type Labels = Readonly<Record<string, string>>
type Sample = readonly [suffix: string, labels: Labels, value: number]

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function family(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly Sample[],
): string {
  if (samples.length === 0) return ''
  const lines = samples.map(([suffix, labels, value]) => `${name}${suffix}${labelled(labels)} ${value}`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`
}

function latencySamples({ latencies }: RequestFigures): readonly Sample[] {
  return latencies.flatMap(({ integration, upTo, count, sumSeconds }): readonly Sample[] => [
    ...latencyBounds.map((bound, n): Sample => ['_bucket', { integration, le: String(bound) }, upTo[n] ?? 0]),
    ['_bucket', { integration, le: '+Inf' }, count],
    ['_sum', { integration }, sumSeconds],
    ['_count', { integration }, count],
  ])
}

/**
 * The metrics in Prometheus' text format (version 0.0.4), named by its rules: base units, `_total` for what is counted, `rollcall_` in front.
 * Serve it as `text/plain; version=0.0.4; charset=utf-8`.
 */
export function renderMetrics({ version, now, startedAt, requests, integrations, outbox }: MetricsSnapshot): string {
  const known = <Figure>(
    figure: (each: IntegrationFigures) => Figure | undefined,
    value: (found: Figure) => number,
  ): readonly Sample[] =>
    integrations.flatMap((each): readonly Sample[] => {
      const found = figure(each)
      return found === undefined ? [] : [['', { integration: each.slug }, value(found)]]
    })
  return [
    family('rollcall_build_info', 'gauge', 'The version that runs.', [['', { version }, 1]]),
    family('rollcall_start_time_seconds', 'gauge', 'When the server was started, since the epoch.', [
      ['', {}, startedAt / 1000],
    ]),
    family(
      'rollcall_requests_total',
      'counter',
      'SCIM requests by integration, method and class of status; those that did not get in have no integration.',
      requests.requests.map(({ integration, method, status, requests: count }) => [
        '',
        { integration, method, status },
        count,
      ]),
    ),
    family(
      'rollcall_request_failures_total',
      'counter',
      'SCIM requests that failed, by kind.',
      requests.failures.map(({ integration, kind, failures }) => ['', { integration, kind }, failures]),
    ),
    family(
      'rollcall_request_duration_seconds',
      'histogram',
      'How long SCIM requests took to be answered.',
      latencySamples(requests),
    ),
    family(
      'rollcall_integration_state',
      'gauge',
      '1 for the state that an integration is in, inferred from its requests.',
      integrations.flatMap(({ slug, state }) =>
        integrationStates.map((each): Sample => [
          '',
          { integration: slug, state: each.replaceAll(' ', '_') },
          each === state ? 1 : 0,
        ]),
      ),
    ),
    family(
      'rollcall_last_request_timestamp_seconds',
      'gauge',
      'When the last request of an integration came, since the epoch.',
      known(
        (each) => each.lastRequestAt,
        (at) => at / 1000,
      ),
    ),
    family(
      'rollcall_cycle_age_seconds',
      'gauge',
      'How long ago the last cycle of an integration began, inferred from its requests.',
      known(
        (each) => each.cycle,
        ({ startedAt: at }) => Math.max(0, (now - at) / 1000),
      ),
    ),
    family(
      'rollcall_cycle_failures',
      'gauge',
      'Requests of the last cycle that failed.',
      known(
        (each) => each.cycle,
        ({ failed }) => failed,
      ),
    ),
    family(
      'rollcall_outbox_messages',
      'gauge',
      'Notifications in the outbox, by channel and state.',
      outbox.map(({ channel, state, messages }) => ['', { channel, state }, messages]),
    ),
  ].join('')
}

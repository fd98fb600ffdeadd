import { describe, expect, it } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { startEngine } from '../running-engine.fixture.ts'
import { renderMetrics, type MetricsSnapshot } from './render-metrics.ts'

const empty: MetricsSnapshot = {
  version: '1.2.3',
  now: 1_000_000,
  startedAt: 400_000,
  requests: { requests: [], failures: [], latencies: [] },
  integrations: [],
  outbox: [],
}

/** A line of the text format: a name, labels whose values are quoted, a number. */
const line =
  /^[a-z_:][a-z0-9_:]*(?:\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})? -?[0-9.e+-]+$/

describe('the metrics', () => {
  it('are in the format that Prometheus reads, whatever names stand in them', () => {
    const text = renderMetrics({
      ...empty,
      requests: {
        requests: [{ integration: 'a"b\\c\nd', method: 'GET', status: '2xx', requests: 7 }],
        failures: [{ integration: 'x', kind: 'conflict', failures: 2 }],
        latencies: [{ integration: 'x', upTo: [1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], count: 3, sumSeconds: 11.5 }],
      },
      integrations: [
        { slug: 'x', state: 'not set up', lastRequestAt: 900_000, cycle: { startedAt: 760_000, failed: 4 } },
      ],
      outbox: [{ channel: 'mail', state: 'dead', messages: 1 }],
    })
    const samples = text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))
    expect(samples.filter((each) => !line.test(each))).toEqual([])
    expect(text).toContain('rollcall_requests_total{integration="a\\"b\\\\c\\nd",method="GET",status="2xx"} 7\n')
    expect(text).toContain('rollcall_request_duration_seconds_bucket{integration="x",le="+Inf"} 3\n')
    expect(text).toContain('rollcall_integration_state{integration="x",state="not_set_up"} 1\n')
    expect(text).toContain('rollcall_cycle_age_seconds{integration="x"} 240\n')
    expect(text).toContain('rollcall_outbox_messages{channel="mail",state="dead"} 1\n')
    expect(text.match(/# TYPE rollcall_request_failures_total counter/g)).toHaveLength(1)
  })

  it('leave out what there is nothing of', () => {
    expect(renderMetrics(empty)).toBe(
      '# HELP rollcall_build_info The version that runs.\n# TYPE rollcall_build_info gauge\nrollcall_build_info{version="1.2.3"} 1\n' +
        '# HELP rollcall_start_time_seconds When the server was started, since the epoch.\n# TYPE rollcall_start_time_seconds gauge\nrollcall_start_time_seconds 400\n',
    )
  })

  it('of a server are off until switched on, and count from then on', async () => {
    const { engine, scim, slug, port } = await startEngine()
    await scim.get('/Users')
    expect(engine.metrics()).toBeUndefined()
    await engine.administer('set-setting', { name: 'metrics', value: 'on' })
    await eventually(
      async () => {
        await scim.get('/Users')
        return engine.metrics() ?? ''
      },
      (text) => text.includes(`rollcall_requests_total{integration="${slug}",method="GET",status="2xx"}`),
    )
    const person = user()
    await scim.post('/Users', person)
    await scim.post('/Users', person)
    const text = engine.metrics() ?? ''
    expect(text).toContain(`rollcall_requests_total{integration="${slug}",method="POST",status="2xx"} 1\n`)
    expect(text).toContain(`rollcall_request_failures_total{integration="${slug}",kind="conflict"} 1\n`)
    expect(text).toMatch(new RegExp(`rollcall_request_duration_seconds_count\\{integration="${slug}"\\} \\d+\n`))
    // What never became a request is told in the log, and not each time, so that it would be no count.
    await fetch(`https://127.0.0.1:${port}/scim/v2/Users`).catch(() => undefined)
    expect(engine.metrics()).not.toContain('integration=""')
    // Counters outlive a stop of the endpoint.
    await engine.endpoint.stop()
    await engine.endpoint.start()
    expect(engine.metrics()).toContain('method="POST",status="2xx"} 1\n')
  })
})

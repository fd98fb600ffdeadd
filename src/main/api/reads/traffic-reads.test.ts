import { expect, test } from 'vitest'
import type { TrafficHour } from '../../store/journal/traffic.ts'
import { activity } from './traffic-reads.ts'

function hourOf(at: string, slug = 'entra'): TrafficHour {
  return { hour: Date.parse(at) / 3_600_000, slug, requests: 1, failures: 0, userChanges: 0, groupChanges: 0 }
}

const none = () => undefined

/** The log of some hours, and nothing else to read. */
function logOf(hours: readonly TrafficHour[]) {
  return { traffic: { upTo: () => Promise.resolve({ hours: () => hours, latestGood: none, latestRefusal: none }) } }
}

test('traffic belongs to the day that it came on, also on a day of 23 hours', async () => {
  // Berlin, where 29 March 2026 has 23 hours.
  const midnights = ['2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z']
  const hours = ['2026-03-27T22:00:00Z', '2026-03-28T22:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T21:00:00Z']
  const log = logOf([...hours, '2026-03-29T22:00:00Z'].map((at) => hourOf(at)))
  const days = midnights.map((each) => Date.parse(each))
  const buckets = await activity(log, { slug: null, days, now: Date.parse('2026-03-30T09:30:00Z') })
  expect(buckets.map(({ at, requests }) => [at, requests])).toEqual([
    [days[0], 1],
    [days[1], 2],
    [days[2], 1],
  ])
})

test('without days it is told by the hour, of the last 24', async () => {
  const now = Date.parse('2026-03-30T09:30:00Z')
  const log = logOf([hourOf('2026-03-30T09:00:00Z'), hourOf('2026-03-29T10:00:00Z'), hourOf('2026-03-29T09:00:00Z')])
  const buckets = await activity(log, { slug: 'entra', days: null, now })
  expect(buckets).toHaveLength(24)
  expect([buckets[0]?.at, buckets.at(-1)?.at]).toEqual([
    Date.parse('2026-03-29T10:00:00Z'),
    Date.parse('2026-03-30T09:00:00Z'),
  ])
  expect([buckets[0]?.requests, buckets.at(-1)?.requests]).toEqual([1, 1])
  const ofAnother = await activity(log, { slug: 'okta', days: null, now })
  expect(ofAnother.every(({ requests }) => requests === 0)).toBe(true)
})

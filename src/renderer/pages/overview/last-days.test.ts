import { expect, onTestFinished, test, vi } from 'vitest'
import { lastDays } from './last-days.ts'

function inZone(zone: string): void {
  vi.stubEnv('TZ', zone)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test.each([
  ['Europe/Berlin', '2026-04-10T10:00:00Z', '2026-03-11T23:00:00.000Z', '2026-04-09T22:00:00.000Z'],
  ['Europe/Berlin', '2026-11-05T10:00:00Z', '2026-10-06T22:00:00.000Z', '2026-11-04T23:00:00.000Z'],
  ['America/New_York', '2026-03-20T02:00:00Z', '2026-02-18T05:00:00.000Z', '2026-03-19T04:00:00.000Z'],
])('in %s, up to %s, every day begins at its midnight and none is missing', (zone, now, first, last) => {
  inZone(zone)
  const days = lastDays(Date.parse(now), 30)
  expect([days[0], days.at(-1)].map((day) => new Date(day ?? 0).toISOString())).toEqual([first, last])
  const named = days.map((day) => new Date(day))
  expect(new Set(named.map((day) => day.getHours()))).toEqual(new Set([0]))
  expect(new Set(named.map((day) => day.toDateString())).size).toBe(30)
})

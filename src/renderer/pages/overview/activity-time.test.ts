import { expect, onTestFinished, test, vi } from 'vitest'
import { period, tick } from './activity-time.ts'

test.each([
  ['Europe/Berlin', '2026-11-28T11:00:00Z', '12:00', '12:00 to 13:00'],
  ['Europe/Berlin', '2026-03-29T00:00:00Z', '', '01:00 to 03:00'],
  ['Europe/Berlin', '2026-10-25T00:00:00Z', '', '02:00 to 02:00'],
  ['Asia/Kolkata', '2026-11-28T13:00:00Z', '18:30', '18:30 to 19:30'],
  ['Asia/Kathmandu', '2026-11-28T18:00:00Z', '', '23:45 to 00:45'],
])('in %s, the hour from %s on is told as the clocks there show it', (zone, at, under, said) => {
  vi.stubEnv('TZ', zone)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect([tick(Date.parse(at), 'day', 0), period(Date.parse(at), 'day')]).toEqual([under, said])
})

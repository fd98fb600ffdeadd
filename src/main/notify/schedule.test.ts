import { describe, expect, it } from 'vitest'
import { defaultNotifySettings, type NotifySettings } from './notify-settings.ts'
import { slotOf } from './schedule.ts'
import { isZone, nextAtMinute } from './zoned-clock.ts'

const at = (text: string) => Date.parse(text)
const settings = (changes: Partial<NotifySettings>): NotifySettings => ({
  ...defaultNotifySettings,
  zone: 'Europe/Berlin',
  ...changes,
})
const slot = (changes: Partial<NotifySettings>, now: string, isUrgent = false) => {
  const { notBefore, isDigest } = slotOf(isUrgent, settings(changes), at(now))
  return [new Date(notBefore).toISOString(), isDigest]
}

const night = { quietHours: { from: '22:00', to: '07:00' } }

describe('quiet hours', () => {
  it.each([
    ['2026-03-04T20:59:00Z', '2026-03-04T20:59:00.000Z'],
    ['2026-03-04T21:00:00Z', '2026-03-05T06:00:00.000Z'],
    ['2026-03-05T01:30:00Z', '2026-03-05T06:00:00.000Z'],
    ['2026-03-05T06:00:00Z', '2026-03-05T06:00:00.000Z'],
    // The clocks go forward in the night to the 29th of March, and back in the one to the 25th of October.
    ['2026-03-28T23:00:00Z', '2026-03-29T05:00:00.000Z'],
    ['2026-10-24T22:00:00Z', '2026-10-25T06:00:00.000Z'],
  ])('let what comes at %s wait until %s', (now, until) => {
    expect(slot(night, now)).toEqual([until, false])
  })

  it('by day end on the same day', () => {
    expect(slot({ quietHours: { from: '12:00', to: '13:00' } }, '2026-03-04T11:30:00Z')).toEqual([
      '2026-03-04T12:00:00.000Z',
      false,
    ])
  })

  it('do not hold up what is urgent', () => {
    expect(slot(night, '2026-03-05T01:30:00Z', true)).toEqual(['2026-03-05T01:30:00.000Z', false])
  })
})

describe('a digest', () => {
  it('gathers an hour or a day, and waits for the end of quiet hours', () => {
    expect(slot({ digest: { kind: 'hourly' } }, '2026-03-04T10:20:00Z')).toEqual(['2026-03-04T11:00:00.000Z', true])
    expect(slot({ digest: { kind: 'daily', at: '08:00' } }, '2026-03-04T10:20:00Z')).toEqual([
      '2026-03-05T07:00:00.000Z',
      true,
    ])
    expect(slot({ ...night, digest: { kind: 'hourly' } }, '2026-03-04T20:20:00Z')).toEqual([
      '2026-03-05T06:00:00.000Z',
      true,
    ])
    expect(slot({ digest: { kind: 'hourly' } }, '2026-03-04T10:20:00Z', true)).toEqual([
      '2026-03-04T10:20:00.000Z',
      false,
    ])
  })
})

describe('a daily digest at a time', () => {
  it.each([
    // Skipped in the night to the 29th of March, and twice there in the one to the 25th of October.
    ['2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T00:40:00Z', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T01:30:00Z', '2026-03-30T00:30:00.000Z'],
    ['2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T00:40:00Z', '2026-10-26T01:30:00.000Z'],
  ])('that a clock change skips or repeats takes what comes at %s at %s', (now, until) => {
    expect(slot({ digest: { kind: 'daily', at: '02:30' } }, now)).toEqual([until, true])
  })

  it('is never in the past', () => {
    for (const zone of ['Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe'])
      for (const wanted of [0, 90, 119, 120, 179, 180])
        for (const from of ['2026-03-28T12:00Z', '2026-09-05T12:00Z', '2026-10-03T00:00Z', '2026-10-24T12:00Z'])
          for (let n = 0; n < 24 * 60; n += 7) {
            const now = at(from) + n * 60_000
            expect(nextAtMinute(now, wanted, zone)).toBeGreaterThan(now)
          }
  })
})

describe('the clock of a time zone', () => {
  it('knows the next time of a minute, a day later where it is that minute now', () => {
    expect(nextAtMinute(at('2026-03-04T07:00:10Z'), 8 * 60, 'Europe/Berlin')).toBe(at('2026-03-05T07:00:00Z'))
    expect(nextAtMinute(at('2026-03-04T18:29:59Z'), 0, 'Asia/Kolkata')).toBe(at('2026-03-04T18:30:00Z'))
  })

  it('is that of a zone that exists', () => {
    expect(isZone('Europe/Berlin')).toBe(true)
    expect(isZone('Europe/Nowhere')).toBe(false)
  })
})

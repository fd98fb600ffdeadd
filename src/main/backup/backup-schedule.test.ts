import { describe, expect, it } from 'vitest'
import { defaultSchedule, dueSlot, lastSlot, nextSlot, parseSchedule, type BackupSchedule } from './backup-schedule.ts'

const daily: BackupSchedule = { ...defaultSchedule, every: 'day', at: '02:30' }
const weekly: BackupSchedule = { ...defaultSchedule, every: 'week', at: '18:00', weekday: 5 }

/** A moment of the machine's own clock; 2027-03-05 is a Friday. */
const at = (day: number, hours: number, minutes = 0) => new Date(2027, 2, day, hours, minutes).getTime()
const hour = 3_600_000

describe('the moments of a schedule', () => {
  it('are today when that is over, and else yesterday', () => {
    expect(lastSlot(daily, at(5, 3))).toBe(at(5, 2, 30))
    expect(lastSlot(daily, at(5, 2))).toBe(at(4, 2, 30))
    expect(nextSlot(daily, at(5, 2))).toBe(at(5, 2, 30))
    expect(nextSlot(daily, at(5, 2, 30))).toBe(at(6, 2, 30))
  })

  it('fall on the weekday', () => {
    expect(lastSlot(weekly, at(5, 17))).toBe(new Date(2027, 1, 26, 18).getTime())
    expect(lastSlot(weekly, at(5, 18))).toBe(at(5, 18))
    expect(nextSlot(weekly, at(6, 0))).toBe(at(12, 18))
    expect(nextSlot(weekly, at(5, 17))).toBe(at(5, 18))
  })

  it('are none when it is off', () => {
    expect(lastSlot(defaultSchedule, at(5, 3))).toBeUndefined()
    expect(nextSlot(defaultSchedule, at(5, 3))).toBeUndefined()
  })
})

describe('whether a backup is due', () => {
  const stored = { ...daily, since: at(1, 12) }

  it('is from the moment on, until one was good', () => {
    const before = { startedAt: at(4, 2, 30), outcome: 'good' } as const
    expect(dueSlot(stored, before, at(5, 2, 29))).toBeUndefined()
    expect(dueSlot(stored, before, at(5, 2, 30))).toBe(at(5, 2, 30))
    expect(dueSlot(stored, { startedAt: at(5, 2, 30), outcome: 'good' }, at(5, 9))).toBeUndefined()
  })

  it('is made up for when the machine was off, once', () => {
    const old = { startedAt: at(2, 2, 30), outcome: 'good' } as const
    expect(dueSlot(stored, old, at(5, 9))).toBe(at(5, 2, 30))
    expect(dueSlot(stored, { startedAt: at(5, 9), outcome: 'good' }, at(5, 10))).toBeUndefined()
  })

  it('is not for a moment before the schedule was set', () => {
    expect(dueSlot({ ...daily, since: at(5, 12) }, undefined, at(5, 13))).toBeUndefined()
    expect(dueSlot({ ...daily, since: at(5, 12) }, undefined, at(6, 3))).toBe(at(6, 2, 30))
  })

  it('is an hour after one that failed or was interrupted', () => {
    for (const outcome of ['failed', 'under way'] as const) {
      const last = { startedAt: at(5, 2, 30), outcome }
      expect(dueSlot(stored, last, at(5, 2, 30) + hour - 1)).toBeUndefined()
      expect(dueSlot(stored, last, at(5, 2, 30) + hour)).toBe(at(5, 2, 30))
    }
  })

  it('does not wait for the days of a clock that was ahead', () => {
    expect(dueSlot(stored, { startedAt: at(25, 2, 30), outcome: 'good' }, at(5, 9))).toBe(at(5, 2, 30))
    expect(dueSlot({ ...daily, since: at(25, 12) }, undefined, at(5, 9))).toBe(at(5, 2, 30))
    // A clock that is put back by a little has made it all the same.
    expect(dueSlot(stored, { startedAt: at(5, 2, 31), outcome: 'good' }, at(5, 2, 30))).toBeUndefined()
  })

  it('is at the next moment whatever became of the one before', () => {
    expect(dueSlot(stored, { startedAt: at(6, 2, 10), outcome: 'failed' }, at(6, 2, 30))).toBe(at(6, 2, 30))
  })
})

it('what cannot be read is no schedule', () => {
  for (const text of [undefined, '', '{', '{"every":"hour"}']) expect(parseSchedule(text).every).toBe('off')
})

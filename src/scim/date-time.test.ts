import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDateTime, parseDateTime } from './date-time.ts'

describe('parseDateTime', () => {
  it.each([
    ['2026-11-23T01:02:03Z', '2026-11-23T01:02:03.000Z'],
    ['2026-11-23T01:02:03.004Z', '2026-11-23T01:02:03.004Z'],
    ['2026-11-23T01:02:03.0049999Z', '2026-11-23T01:02:03.004Z'],
    ['2026-11-23T01:02:03.5+02:30', '2026-11-22T22:32:03.500Z'],
    ['2026-11-23T01:02:03-14:00', '2026-11-23T15:02:03.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2026-12-31T24:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, canonical) => {
    const instant = parseDateTime(text)
    expect(instant === undefined ? undefined : formatDateTime(instant)).toBe(canonical)
  })

  it.each([
    '',
    '2026-11-23',
    '2026-11-23T01:02Z',
    '2026-11-23 01:02:03Z',
    '2026-11-23t01:02:03z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:01Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00+14:01',
    '2026-01-01T00:00:00+01:60',
    '2026-01-01T00:00:00+0100',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T24:00:00Z',
    '12026-01-01T00:00:00Z',
    '２０２６-01-01T00:00:00Z',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
  ])('refuses %j', (text) => {
    expect(parseDateTime(text)).toBeUndefined()
  })

  it('takes a text without a zone for UTC only when asked to', () => {
    expect(parseDateTime('2026-11-23T01:02:03')).toBeUndefined()
    expect(parseDateTime('2026-11-23T01:02:03', { zone: 'utc' })).toBe(Date.UTC(2026, 10, 23, 1, 2, 3))
  })

  it('takes a date alone for the start of that day in UTC only when asked to take what has no zone for UTC', () => {
    expect(parseDateTime('2026-11-23')).toBeUndefined()
    expect(parseDateTime('2026-11-23', { zone: 'utc' })).toBe(Date.UTC(2026, 10, 23))
    for (const text of ['2026-02-29', '2026-11-23Z', '2026-11-23T', '2026-1-2', '2026-11'])
      expect(parseDateTime(text, { zone: 'utc' })).toBeUndefined()
  })

  it('reads back what formatDateTime writes', () => {
    const dates = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseDateTime(formatDateTime(date.getTime()))).toBe(date.getTime())
      }),
    )
  })
})

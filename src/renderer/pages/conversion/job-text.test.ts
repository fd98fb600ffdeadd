import { expect, test } from 'vitest'
import { aboutText } from './amounts-of-time.ts'
import { progressText, resultText, staysText } from './job-text.ts'
import { outcomeOfSlug, outcomesOf } from './outcome-text.ts'

test('says what came of a job', () => {
  expect(resultText({ kind: 'convert-user-ids', counts: { converted: 1204, skipped: 15, failed: 0 } })).toBe(
    '1,204 converted, 15 left as they were',
  )
  expect(resultText({ kind: 'convert-user-ids', counts: { converted: 3, merged: 1, skipped: 2 } })).toBe(
    '3 converted, 1 merged, 2 left as they were',
  )
  expect(resultText({ kind: 'convert-user-ids', counts: { converted: 5, skipped: 1 } })).toBe(
    '5 converted, 1 left as it was',
  )
  expect(resultText({ kind: 'undo-user-ids', counts: { restored: 3 } })).toBe('3 restored, 0 left as they were')
  expect(progressText({ done: 1, total: 1 })).toBe('1 of 1 person')
})

test('says what stays of a job that was cancelled', () => {
  expect(staysText({ kind: 'convert-user-ids', counts: { converted: 1, merged: 2 } })).toBe(
    '1 person has the new user ID. 2 people were merged into another one.',
  )
  expect(staysText({ kind: 'undo-user-ids', counts: { restored: 2 } })).toBe('2 people have the old user ID again.')
})

test('rounds the time left to what anybody can know', () => {
  expect([0.2, 40, 100, 4000, 9000].map(aboutText)).toEqual([
    'about 1 s',
    'about 40 s',
    'about 2 min',
    'about 67 min',
    'about 3 h',
  ])
})

const noCounts = {
  converts: 0,
  merges: 0,
  already: 0,
  'no-address': 0,
  invalid: 0,
  conflict: 0,
  protected: 0,
  skipped: 0,
  left: 0,
}

test('outcomes have a name in URLs, and rare ones show only where there are any', () => {
  expect(outcomeOfSlug('conflicts')).toBe('conflict')
  expect(outcomeOfSlug('nonsense')).toBeNull()
  const slugs = (undoes: number | null, counts = {}) =>
    outcomesOf({ undoes, counts: { ...noCounts, ...counts } }).map(({ slug }) => slug)
  expect(slugs(null, { merges: 1, already: 0 })).toEqual(['converts', 'merges', 'conflicts'])
  expect(slugs(1, { left: 2 })).toEqual(['converts', 'left', 'conflicts'])
})

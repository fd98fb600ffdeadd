import { expect, it } from 'vitest'
import { createSubjectLedger, packMarks, subjectNumber, unpackMarks } from './subject-ledger.ts'
import { marks, noResources, recount } from './subject-marks.ts'

it('remembers thousands of users and groups by their marks', () => {
  const ledger = createSubjectLedger()
  const numbers = Array.from({ length: 20_000 }, (_, n) => (n + 1) * 214_013)
  for (const [n, subject] of numbers.entries()) ledger.set(subject, (n % 255) + 1)
  for (const [n, subject] of numbers.entries()) expect(ledger.bitsOf(subject)).toBe((n % 255) + 1)
  expect(ledger.bitsOf(7)).toBe(0)
})

it('tells a user and a group of one id apart, and gives nobody the number of an empty place', () => {
  expect(subjectNumber('user', 'a')).not.toBe(subjectNumber('group', 'a'))
  expect(subjectNumber('user', '')).toBeGreaterThan(0)
})

it('stores marks and reads them again', () => {
  const stored = new Map([
    [1, 3],
    [0xffff_ffff, 255],
  ])
  const read = new Map<number, number>()
  unpackMarks(packMarks(stored), (subject, bits) => void read.set(subject, bits))
  expect(read).toEqual(stored)
})

it('counts somebody once, whatever comes of them in the end', () => {
  const matched = recount(noResources, 0, marks.matched)
  expect(matched).toMatchObject({ seen: 1, matched: 1, unchanged: 1 })
  const updated = recount(matched, marks.matched, marks.matched | marks.updated)
  expect(updated).toMatchObject({ seen: 1, matched: 1, unchanged: 0, updated: 1 })
  expect(recount(updated, marks.matched | marks.updated, marks.matched | marks.updated)).toBe(updated)
  const created = recount(noResources, 0, marks.created)
  expect(recount(created, marks.created, marks.created | marks.updated | marks.matched)).toMatchObject({
    seen: 1,
    created: 1,
    updated: 0,
    matched: 0,
  })
})

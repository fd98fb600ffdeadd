import { expect, it } from 'vitest'
import { findWords, glossary } from './glossary.ts'
import { isMeant } from './find-errors.ts'

const conflict = {
  id: 'entra-entry-conflict',
  title: 'EntryConflict',
  meaning: 'Somebody has that name.',
  nextStep: 'Rename one.',
  words: ['EntryConflict'],
}

it('an error is found by a part of it, by a whole message around its code, and by its status', () => {
  expect(isMeant(conflict, 'entryconf')).toBe(true)
  expect(isMeant(conflict, 'StatusCode: Conflict. ErrorCode: EntryConflict, see the log')).toBe(true)
  expect(isMeant(conflict, 'timeout')).toBe(false)
  expect(isMeant({ ...conflict, status: 409 }, '409')).toBe(true)
})

it('a word is found by other names for it', () => {
  expect(findWords('tenant url').map((each) => each.word)).toContain('Base URL')
  expect(findWords('')).toBe(glossary)
  expect(findWords('no such word')).toEqual([])
})

it('the words stand in their order, each once', () => {
  const words = glossary.map((each) => each.word.toLowerCase())
  expect(words).toEqual([...new Set(words)].toSorted((one, other) => one.localeCompare(other)))
})

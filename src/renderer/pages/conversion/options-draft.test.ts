import { expect, test } from 'vitest'
import { askedSources, draftOf, missingFor, moved, optionsOf } from './options-draft.ts'

test('a source without what it needs is passed over, and joins in its place once that is given', () => {
  const draft = draftOf(null)
  expect(askedSources(draft)).toEqual(['primary', 'work'])
  expect(missingFor('pattern', draft)).toBe('give a domain or a pattern below')
  expect(askedSources({ ...draft, domain: ' example.com ' })).toEqual(['primary', 'work', 'pattern'])
  expect(askedSources({ ...draft, list: { file: null, text: 'a,b' } })).toEqual(['csv', 'primary', 'work'])
  expect(optionsOf({ ...draft, domain: ' example.com ' }).domain).toBe('example.com')
})

test('the options of the last preview come back, with their order', () => {
  const options = { ...optionsOf(draftOf(null)), sources: ['pattern' as const, 'work' as const], domain: 'example.com' }
  const draft = draftOf({ ...options, hasList: false })
  expect(askedSources(draft)).toEqual(['pattern', 'work'])
  expect(optionsOf(draft)).toEqual(options)
})

test('an item is moved, and not out of the list', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 3)).toEqual(['a', 'b', 'c'])
})

import { expect, test } from 'vitest'
import { filterValue } from './filter-value.ts'

const search = (text: string) => new URLSearchParams(text)

test('a filter that a URL says and nobody knows is none', () => {
  for (const text of ['state=zz', 'state=Active', 'role=root', 'source=idp', 'source=nobody', 'state='])
    expect(['source', 'state', 'role'].map((name) => filterValue(search(text), name as never))).toEqual(['', '', ''])
  expect(filterValue(search('state=inactive'), 'state')).toBe('inactive')
  expect(filterValue(search('role=user-manager'), 'role')).toBe('user-manager')
  expect(filterValue(search('source=idp:entra'), 'source')).toBe('idp:entra')
  expect(filterValue(search('q=zz'), 'q')).toBe('zz')
})

test('the state, which is not asked of what is archived, waits there until the present ones are listed again', () => {
  expect(filterValue(search('state=active&archived=1'), 'state')).toBe('')
  expect(filterValue(search('state=active&archived='), 'state')).toBe('active')
})

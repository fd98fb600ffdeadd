import { expect, test } from 'vitest'
import { queryOf } from './target-query.ts'

test('decodes parameters for reading', () => {
  expect(queryOf('/Users?filter=userName+eq+%22ana%40example.com%22&count=1&flag')).toEqual([
    ['filter', 'userName eq "ana@example.com"'],
    ['count', '1'],
    ['flag', ''],
  ])
  expect(queryOf('/Users')).toEqual([])
})

test('leaves what cannot be decoded as it is, and tells names apart that come twice', () => {
  expect(queryOf('/Users?a=%zz&a=2&&=x')).toEqual([
    ['a', '%zz'],
    ['a (2)', '2'],
    ['', 'x'],
  ])
})

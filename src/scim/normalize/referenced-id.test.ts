import { expect, it } from 'vitest'
import { referencedId } from './referenced-id.ts'

it.each([
  ['https://scim.example.com/scim/entra/v2/Users/26118915', '26118915'],
  ['../Groups/e9e3-0d/', 'e9e3-0d'],
  ['Users/a', 'a'],
  ['/v2/users/a?x=1', undefined],
  ['https://scim.example.com/v2/Devices/a', undefined],
  ['https://scim.example.com/v2/Users/', undefined],
  ['a', undefined],
  [null, undefined],
])('of the reference %j the id is %j', (reference, id) => {
  expect(referencedId(reference)).toBe(id)
})

import { expect, test } from 'vitest'
import { adviceFor } from './advice.ts'

const invalid = (noun: 'user' | 'group', answer: string, scimType = 'invalidValue') =>
  adviceFor({ kind: 'invalid', noun, answer, scimType })

test('a group that would contain itself is not told to wait for a member', () => {
  expect(invalid('group', 'No user and no group has the id "1", so it cannot become a member.')).toContain(
    'not here yet',
  )
  const cycle = invalid(
    'group',
    'The group 1 cannot become a member of the group 2: the group would then contain itself.',
  )
  expect(cycle).toContain('out of the other')
  expect(cycle).not.toContain('not here yet')
})

test('what a strict integration refuses, and an attribute that nobody can be looked for by, are no wrong values', () => {
  expect(invalid('user', 'This integration is strict. "op" must be in lower case; write replace.')).toContain(
    'Strict off',
  )
  expect(invalid('user', 'The User resource type has no attribute "employeeId".')).toContain('match by the userName')
})

test('where the target of a mapping is none, nobody is sent after a wrong value', () => {
  const advice = invalid('user', 'Expected a sub-attribute at position 24, but found "nope.x".', 'invalidPath')
  expect(advice).toContain('Correct the target attribute in the mapping')
  expect(advice).not.toContain('The value is not valid')
})

test('whoever is here already is not to be deleted before it is known that they are two', () => {
  const answer = 'The userName "ana" is already taken by the user with the id 1.'
  const advice = adviceFor({ kind: 'conflict', noun: 'user', answer, scimType: 'uniqueness' })
  expect(advice).toMatch(/^This userName is here already\. If it is the same user, let the identity provider match on/)
  expect(advice).toContain('only if they are two')
})

import { expect, test } from 'vitest'
import { adviceFor } from './advice.ts'

const invalid = (noun: 'user' | 'group', answer: string) => adviceFor({ kind: 'invalid', noun, answer })

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

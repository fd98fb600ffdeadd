import { expect, onTestFinished, test } from 'vitest'
import { openTestDirectory } from '../../directory/test-directory.fixture.ts'
import { prepareStoreReads } from '../store-reads.ts'

test('the members of several groups are counted together, and no further than is asked', () => {
  const directory = openTestDirectory()
  onTestFinished(() => directory.close())
  const { memberships } = prepareStoreReads(directory.connection)
  directory.connection.pragma('foreign_keys = OFF')
  const add = directory.connection.prepare('insert into memberships (group_seq, kind, member_seq) values (?, 0, ?)')
  for (const group of [1, 2]) for (let member = 1; member <= 3; member += 1) add.run(group, member)
  expect(memberships.haveMoreThan([1, 2], 5)).toBe(true)
  expect(memberships.haveMoreThan([1, 2], 6)).toBe(false)
  expect(memberships.haveMoreThan([1], 2)).toBe(true)
  expect(memberships.haveMoreThan([3], 0)).toBe(false)
  expect(memberships.haveMoreThan([], 0)).toBe(false)
})

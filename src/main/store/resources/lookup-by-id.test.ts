import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestDirectory } from '../../directory/test-directory.fixture.ts'
import { newResourceId } from './resource-id.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const find = (id: string) => directory.store.users.listed(directory.directoryId, id)?.id

it('finds a resource whose id names its row, and one whose id is older than that', () => {
  const alice = directory.addUser('alice')
  expect(find(alice)).toBe(alice)
  const old = '01a21451-0bc9-7238-9fc0-408757499fd2'
  directory.connection.prepare('update users set id = ? where id = ?').run(old, alice)
  expect(find(old)).toBe(old)
  expect(find(alice)).toBeUndefined()
})

it('does not take the row that an id names for a resource with another id', () => {
  const alice = directory.addUser('alice')
  const seq = directory.store.users.any(directory.directoryId, alice)?.seq ?? 0
  expect(find(newResourceId(seq, 1))).toBeUndefined()
})

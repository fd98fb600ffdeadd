import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestDirectory, patch, statusOf } from '../../directory/test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const standing = (userName: string, role: 'user' | 'administrator') =>
  directory.administer('set-user-standing', { directory: 'main', userName, role, active: undefined })

const importUser = (userName: string, title: string) =>
  directory.administer('import-users', {
    directory: 'main',
    users: [{ line: 2, resource: { userName, title }, role: undefined }],
  })

it('work goes on when an identity provider has deactivated the last Administrator, until there is one again', () => {
  const boss = directory.addUser('boss')
  standing('boss', 'administrator')
  standing('admin', 'user')
  expect(standing('boss', 'user')).toMatchObject({ kind: 'refused' })
  const off = patch({ op: 'replace', path: 'active', value: false })
  expect(statusOf(directory.request('PATCH', `/Users/${boss}`, off))).toBe(200)

  expect(importUser('ana', 'New')).toMatchObject({ kind: 'value' })
  const id = directory.store.users.byUserNameKey(directory.directoryId, 'ana')?.id ?? ''
  const edit = { directory: 'main', id, version: 1, resource: { userName: 'ana', title: 'Chief' }, overManaged: false }
  expect(directory.administer('edit-user', edit)).toMatchObject({ kind: 'value' })
  expect(directory.administer('archive-user', edit)).toMatchObject({ kind: 'value' })

  expect(standing('admin', 'administrator')).toMatchObject({ kind: 'value' })
  expect(standing('admin', 'user')).toMatchObject({ kind: 'refused' })
})

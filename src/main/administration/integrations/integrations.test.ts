import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestDirectory } from '../../directory/test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const create = (slug: string) =>
  directory.administer('create-integration', { directory: 'main', name: slug, idp: 'entra', slug })
const actsAs = (slug: string) => directory.store.integrations.bySlug(slug)?.administrator_user_name

function addLocal(userName: string, role: 'administrator' | 'user-manager'): void {
  directory.administer('create-user', { directory: 'main', resource: { userName }, role })
}

it('acts as the Administrator that its directory began with, also where that one is called something else by now', () => {
  addLocal('abel', 'administrator')
  const { id, version } = directory.store.users.byUserNameKey(directory.directoryId, 'admin') ?? { id: '', version: 0 }
  const resource = { userName: 'boss@example.com' }
  directory.administer('edit-user', { directory: 'main', id, version, overManaged: false, resource })
  // Who has that name then is nobody to act as.
  directory.addUser('admin')
  expect(create('third')).toMatchObject({ kind: 'value' })
  expect(actsAs('third')).toBe('boss@example.com')
})

it('acts as another Administrator where that one is deactivated', () => {
  addLocal('abel', 'user-manager')
  addLocal('ben', 'administrator')
  directory.administer('set-user-standing', { directory: 'main', userName: 'admin', active: false, role: undefined })
  expect(create('third')).toMatchObject({ kind: 'value' })
  expect(actsAs('third')).toBe('ben')
})

it('is not created where there is nobody to act as', () => {
  directory.connection.prepare("update users set active = 0 where user_name = 'admin'").run()
  expect(create('third')).toMatchObject({
    kind: 'refused',
    problem:
      'The directory "main" has no active local Administrator or User Manager to act as. Make somebody Administrator first.',
  })
})

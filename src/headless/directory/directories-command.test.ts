import { expect, test } from 'vitest'
import { z } from 'zod'
import { user } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'
import { commandLine } from '../command.fixture.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

test('two directories share neither users nor names', async () => {
  const server = await startServer()
  await server.rollcall('directories', 'create', 'subsidiary', '--name', 'The subsidiary')
  const { slug, token } = Created.parse(
    await server.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta', '--directory', 'subsidiary'),
  )
  const other = server.client(slug, token)
  await server.scim.create('/Users', user({ userName: 'same@two.test' }))
  await other.create('/Users', user({ userName: 'same@two.test' }))
  expect((await other.get('/Users')).at('/totalResults')).toBe(1)
  expect(await server.rollcall('users', 'list', '--directory', 'subsidiary')).toMatchObject([
    { userName: 'admin' },
    { userName: 'same@two.test' },
  ])
  expect(await server.rollcall('directories', 'list')).toMatchObject([
    { slug: 'main', users: 1, integrations: 1 },
    { slug: 'subsidiary', name: 'The subsidiary', users: 1, integrations: 1 },
  ])
  await server.stop()
})

test('a directory that does not exist is said in one line', async () => {
  const line = commandLine()
  expect(await line.run('users', 'list', '--directory', 'nowhere')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(/^[^\n]*"nowhere"[^\n]*\n$/),
  })
})

test.each([
  ['a\nb', 'control characters'],
  ['\u200b\u2060', 'that can be seen'],
])('a directory cannot be called %j', async (name, why) => {
  const line = commandLine()
  expect(await line.run('directories', 'create', 'other', '--name', name)).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^[^\\n]*${why}[^\\n]*\\n$`)),
  })
})

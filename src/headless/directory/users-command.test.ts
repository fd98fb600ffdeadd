import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { program } from '../../../test/command-line.ts'
import { breakDocument } from '../../main/store/broken-document.fixture.ts'
import { startServer } from '../../../test/server.ts'
import { user } from '../../../test/people.ts'
import { commandLine } from '../command.fixture.ts'

const Users = z.array(z.looseObject({ id: z.string(), userName: z.string() }))

test('list shows the first Administrator of a new directory', async () => {
  expect(await commandLine().json('users', 'list')).toEqual([
    {
      id: expect.any(String),
      userName: 'admin',
      displayName: 'Administrator',
      active: true,
      role: 'administrator',
      source: 'local',
      modifiedAt: expect.any(String),
      archivedAt: null,
    },
  ])
})

test('a role and a deactivation take effect, but never on the last Administrator', async () => {
  const line = commandLine()
  await line.json('users', 'import', line.write('people.csv', 'userName\nada\n'), '--yes')
  expect(await line.json('users', 'role', 'ada', 'user-manager')).toMatchObject({
    userName: 'ada',
    role: 'user-manager',
  })
  expect(await line.json('users', 'deactivate', 'ada')).toMatchObject({ active: false })
  expect(await line.json('users', 'list', '--inactive', '--role', 'user-manager')).toMatchObject([{ userName: 'ada' }])
  expect(await line.json('users', 'activate', 'ada')).toMatchObject({ active: true })
  expect((await line.run('users', 'deactivate', 'admin')).exitCode).toBe(1)
  expect((await line.run('users', 'role', 'admin', 'user')).exitCode).toBe(1)
  expect((await line.run('users', 'role', 'admin', 'king')).exitCode).toBe(2)
  expect(await line.json('users', 'list', '--role', 'administrator')).toMatchObject([
    { userName: 'admin', active: true },
  ])
})

test('what SCIM deleted is listed, restored and purged; the groups are counted', async () => {
  const server = await startServer()
  try {
    const ids = [await server.scim.create('/Users', user()), await server.scim.create('/Users', user())]
    const [kept = '', purged = ''] = ids
    const members = [{ value: kept }]
    await server.scim.post('/Groups', { displayName: 'Team', members })
    for (const id of ids) await server.scim.delete(`/Users/${id}`)
    const archived = Users.parse(await server.rollcall('users', 'list', '--archived'))
    expect(archived.map((each) => each.id)).toEqual(ids)
    expect(await server.rollcall('users', 'restore', kept)).toMatchObject({ id: kept })
    expect(await server.rollcall('groups', 'list')).toMatchObject([{ displayName: 'Team', members: 1, source: 'scim' }])
    await expect(server.rollcall('users', 'purge', '--all-archived')).rejects.toThrow(/ended with 2/)
    await expect(server.rollcall('users', 'purge', kept, '--all-archived')).rejects.toThrow(/ended with 2/)
    expect(await server.rollcall('users', 'purge', '--all-archived', '--yes')).toMatchObject({
      purged: [{ id: purged }],
    })
    expect(await server.rollcall('users', 'list', '--archived')).toEqual([])
  } finally {
    await server.stop()
  }
})

test('a sentence about somebody cannot write to the terminal, nor can one about what went wrong', async () => {
  const line = commandLine()
  const userName = '\u001b[2Jada\u202e'
  await line.json('users', 'import', line.write('people.csv', `userName\n${userName}\n`), '--yes')
  const said = await line.run('users', 'role', userName, 'user-manager')
  expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('\ufffd[2Jada\ufffd is active') })
  const refused = await line.run('users', 'restore', userName)
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('\ufffd[2Jada\ufffd') })
  for (const text of [said.stdout, refused.stderr])
    for (const character of ['\u001b', '\u202e']) expect(text).not.toContain(character)
})

test('names cannot write to the terminal', async () => {
  const line = commandLine()
  await line.json(
    'users',
    'import',
    line.write('people.csv', 'userName,displayName\nada,\u001b[2JAda\u202e\n'),
    '--yes',
  )
  const { stdout } = await line.run('users', 'list')
  for (const character of ['\u001b', '\u202e']) expect(stdout).not.toContain(character)
  expect(stdout).toContain('Ada')
})

test('a reader that has seen enough ends the command quietly', async () => {
  const line = commandLine()
  const names = Array.from({ length: 5000 }, (_, n) => `user-${n},${'x'.repeat(200)}`)
  await line.json('users', 'import', line.write('many.csv', `userName,displayName\n${names.join('\n')}`), '--yes')
  const child = spawn(process.execPath, [program, 'users', 'export', '--data-dir', line.dataDir])
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await once(child, 'close')).toEqual([0, null])
  expect(stderr).toBe('')
})

test('whose stored record is damaged is listed and exported with the others, and named with what heals it', async () => {
  const line = commandLine()
  const csv = line.write('people.csv', 'userName,displayName\nana@example.com,Ana\nben@example.com,Ben\n')
  await line.json('users', 'import', csv, '--yes')
  const [ana] = Users.parse(await line.json('users', 'list', '--text', 'ana@example.com'))
  breakDocument(line.dataDir, ana?.id ?? '')
  const told = 'The stored record of the user "ana@example.com" is damaged'
  const runs = [
    ['users', 'list'],
    ['users', 'export'],
    ['users', 'export', '--format', 'json'],
  ]
  for (const args of runs) {
    const { exitCode, stdout, stderr } = await line.run(...args)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('ana@example.com')
    expect(stdout).toContain('Ben')
    expect(stderr).toContain(told)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  }
})

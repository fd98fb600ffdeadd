import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand, runJsonCommand } from '../../../test/command-line.ts'
import { openWriterConnection } from '../../main/store/file/database-files.ts'
import { canMount, mountSmallDisk } from '../../main/store/file/small-disk.fixture.ts'
import { commandLine, commandLineWithIntegration } from '../command.fixture.ts'

test('create tells the slug, the SCIM URL and the token', async () => {
  const { created } = await commandLineWithIntegration()
  expect(created).toEqual({
    id: 1,
    slug: 'entra-id',
    scimUrl: 'http://127.0.0.1:7643/scim/entra-id/v2',
    token: expect.stringMatching(/^rc_[\w-]{43}$/),
  })
})

test('create says whether an IdP in the cloud can reach the SCIM URL', async () => {
  const line = commandLine()
  const create = async (...args: readonly string[]) =>
    (await line.run('integrations', 'create', ...args, '--vault', 'file')).stdout
  const remark = 'cannot reach an address of this machine'
  expect(await create('--name', 'Okta', '--idp', 'okta')).toContain(remark)
  expect(await create('--name', 'Own', '--idp', 'generic')).not.toContain(remark)
  await line.direct('settings', 'set', 'public-url', 'https://scim.example.com')
  expect(await create('--name', 'Entra ID', '--idp', 'entra')).not.toContain(remark)
})

test('an unknown IdP is wrong usage, and nothing is made', async () => {
  const line = commandLine()
  const refused = await line.run('integrations', 'create', '--name', 'X', '--idp', 'nobody', '--vault', 'file')
  expect(refused).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(/^[^\n]*entra, okta[^\n]*\n$/),
  })
  expect(await line.direct('integrations', 'list')).toEqual([])
})

test('a slug that is taken is refused', async () => {
  const line = await commandLineWithIntegration()
  const again = await line.run('integrations', 'create', '--name', 'Two', '--idp', 'okta', '--slug', 'entra-id')
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('already') })
  expect(await line.direct('integrations', 'list')).toHaveLength(1)
})

test('list shows every integration without its token', async () => {
  const line = await commandLineWithIntegration()
  const { stdout } = await line.run('integrations', 'list', '--json')
  expect(JSON.parse(stdout)).toMatchObject([
    { slug: 'entra-id', idp: 'entra', state: 'enabled', administrator: 'admin' },
  ])
  expect(stdout).not.toContain(line.created.token)
})

test('an integration is paused, resumed, disabled and enabled', async () => {
  const line = await commandLineWithIntegration()
  for (const [command, state] of [
    ['pause', 'paused'],
    ['resume', 'enabled'],
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const)
    expect(await line.json('integrations', command, 'entra-id')).toMatchObject({ slug: 'entra-id', state })
})

test('a policy is shown and changed, all changes or none', async () => {
  const line = await commandLineWithIntegration()
  const set = ['--set', 'neverDelete=true', '--set', 'userPatchStatus=204']
  expect(await line.json('integrations', 'policy', 'entra-id', ...set)).toMatchObject({
    neverDelete: true,
    userPatchStatus: 204,
  })
  const refused = await line.run('integrations', 'policy', 'entra-id', '--set', 'groups=false', '--set', 'colour=red')
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('neverDelete') })
  expect(await line.json('integrations', 'policy', 'entra-id')).toMatchObject({ groups: true, neverDelete: true })
  expect((await line.run('integrations', 'policy', 'entra-id', '--set', 'groups')).exitCode).toBe(2)
})

test('an integration acts only as a local Administrator or User Manager', async () => {
  const line = await commandLineWithIntegration()
  const people = line.write('people.csv', 'userName,role\nmanager,user-manager\nplain,user\n')
  await line.direct('users', 'import', people, '--yes')
  expect(await line.json('integrations', 'administrator', 'entra-id', 'manager')).toMatchObject({
    administrator: 'manager',
  })
  expect((await line.run('integrations', 'administrator', 'entra-id', 'plain')).exitCode).toBe(1)
  expect(await line.direct('integrations', 'list')).toMatchObject([{ administrator: 'manager' }])
})

test('an unknown integration is refused in one line', async () => {
  const { exitCode, stderr } = await commandLine().run('integrations', 'pause', 'nobody')
  expect(exitCode).toBe(1)
  expect(stderr).toBe('There is no integration "nobody". See "rollcall integrations list".\n')
})

test('an integration is renamed, and its slug stays', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  expect(await line.json('integrations', 'rename', 'entra-id', '--name', ' Entra production ')).toMatchObject({
    slug: 'entra-id',
    name: 'Entra production',
    scimUrl: line.created.scimUrl,
  })
  for (const [name, problem] of [
    ['  ', 'An integration needs a name.'],
    ['x'.repeat(201), 'at most 200 characters; this one has 201.'],
    ['OKTA', 'The integration "okta" has that name already.'],
  ] as const) {
    const refused = await line.run('integrations', 'rename', 'entra-id', '--name', name)
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(problem) })
  }
  expect(await line.json('integrations', 'rename', 'entra-id', '--name', 'ENTRA Production')).toMatchObject({
    name: 'ENTRA Production',
  })
})

test('a deletion needs a yes, tells what stays, and leaves neither integration nor token', async () => {
  const line = await commandLineWithIntegration()
  const asked = await line.run('integrations', 'delete', 'entra-id')
  expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('0 users and 0 groups stay') })
  expect(await line.direct('integrations', 'list')).toHaveLength(1)
  expect(await line.json('integrations', 'delete', 'entra-id', '--yes')).toEqual({
    slug: 'entra-id',
    users: 0,
    groups: 0,
    archivedUsers: 0,
    archivedGroups: 0,
    withRole: 0,
    tokens: 1,
  })
  expect(await line.direct('integrations', 'list')).toEqual([])
  expect(readFileSync(join(line.dataDir, 'vault', 'vault.json'), 'utf8')).not.toContain('token:')
  const again = await line.run('integrations', 'delete', 'entra-id', '--yes')
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There is no integration "entra-id".') })
  expect(await line.json('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra')).toMatchObject({
    id: 2,
    slug: 'entra-id',
  })
})

test('marks over letters are left out of the slug that a name gives', async () => {
  const made = await commandLine().json(
    'integrations',
    'create',
    '--name',
    'Büro Ålesund',
    '--idp',
    'okta',
    '--vault',
    'file',
  )
  expect(made).toMatchObject({ slug: 'buro-alesund' })
})

test.skipIf(!canMount())('without room for its token no integration is made (needs the right to mount)', async () => {
  const disk = mountSmallDisk(1024)
  onTestFinished(() => disk?.release())
  const dataDir = join(disk?.path ?? '', 'data')
  const create = ['integrations', 'create', '--name', 'Okta', '--idp', 'okta', '--vault', 'file']
  expect(await runJsonCommand(dataDir, create)).toMatchObject({ slug: 'okta' })
  // As beside a server, so that the database has room in its log, and the vault has none.
  const connection = openWriterConnection(dataDir)
  onTestFinished(() => void connection.close())
  connection.exec(
    'create table room as select randomblob(200000) as it; drop table room; pragma wal_checkpoint(restart)',
  )
  const filling = join(disk?.path ?? '', 'filling')
  expect(() => writeFileSync(filling, Buffer.alloc(2 * 1024 * 1024))).toThrow('ENOSPC')
  expect(await runCommand(dataDir, create)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^The disk that holds the vault file [^\n]* is full[^\n]*\n$/),
  })
  rmSync(filling)
  expect(await runJsonCommand(dataDir, ['integrations', 'list'])).toHaveLength(1)
})

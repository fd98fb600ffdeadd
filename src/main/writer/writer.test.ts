import { copyFileSync, renameSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, openTestDirectory, patch, statusOf } from '../directory/test-directory.fixture.ts'
import { openReaderConnection, openWriterConnection } from '../store/file/database-files.ts'
import type { Connection } from '../store/file/open-database.ts'
import type { Command } from './command.ts'

let directory: ReturnType<typeof openTestDirectory>
let reader: Connection

beforeEach(() => {
  directory = openTestDirectory()
  reader = openReaderConnection(directory.dataDir)
})

afterEach(() => {
  reader.close()
  directory.close()
})

const userNames = (connection: Connection = reader) =>
  connection.prepare<[], string>('select user_name from users where hidden = 0 order by seq').pluck().all()

const forbidCreation = (): Command => ({
  kind: 'administration',
  name: 'set-policy',
  input: { slug: 'entra', changes: [{ name: 'create', value: 'false' }] },
  actor: 'command line',
  now: directory.tick(),
})

describe('commands that come together', () => {
  it('share one transaction: another connection sees all of them at once', () => {
    const before = reader.pragma('data_version', { simple: true })
    const outcomes = directory.execute(
      ...['alice', 'bob', 'carol'].map((userName) => directory.command('POST', '/Users', { userName })),
    )
    expect(outcomes.map(statusOf)).toEqual([201, 201, 201])
    expect(userNames()).toEqual(['alice', 'bob', 'carol'])
    expect(reader.pragma('data_version', { simple: true })).not.toBe(before)
    expect(directory.connection.inTransaction).toBe(false)
  })

  it('fail alone', () => {
    const outcomes = directory.execute(
      directory.command('POST', '/Users', { userName: 'alice' }),
      directory.command('POST', '/Users', { userName: 'ALICE' }),
      directory.command('POST', '/Groups', { displayName: 'half', members: [{ value: 'nobody' }] }),
      directory.command('POST', '/Users', 'no object'),
      { ...directory.command('POST', '/Users'), body: '{' },
      directory.command('PATCH', '/Users/nobody', patch()),
      directory.command('POST', '/Users', { userName: 'bob' }),
    )
    expect(outcomes.map(statusOf)).toEqual([201, 409, 400, 400, 400, 404, 201])
    expect(userNames()).toEqual(['alice', 'bob'])
    expect(reader.prepare('select count(*) from groups').pluck().get()).toBe(0)
  })

  it('see what the ones before them did', () => {
    const outcomes = directory.execute(
      directory.command('POST', '/Users', { userName: 'alice' }),
      forbidCreation(),
      directory.command('POST', '/Users', { userName: 'bob' }),
      directory.command('POST', '/Users', { userName: 'carol' }, { integrationId: directory.okta }),
    )
    expect(outcomes.map(statusOf)).toEqual([201, undefined, 403, 201])
    expect(userNames()).toEqual(['alice', 'carol'])
  })

  it('are carried out once each when one of them is refused after it has written', () => {
    const alice = directory.addUser('alice')
    const outcomes = directory.execute(
      directory.command('PATCH', `/Users/${alice}`, patch({ op: 'replace', path: 'title', value: 'Engineer' })),
      forbidCreation(),
      directory.command(
        'POST',
        '/Groups',
        { displayName: 'half', members: [{ value: alice }, { value: 'nobody' }] },
        { integrationId: directory.okta },
      ),
      directory.command('POST', '/Users', { userName: 'bob' }),
      directory.command('POST', '/Users', { userName: 'carol' }, { integrationId: directory.okta }),
    )
    expect(outcomes.map(statusOf)).toEqual([200, undefined, 400, 403, 201])
    expect(userNames()).toEqual(['alice', 'carol'])
    expect(directory.store.users.byUserNameKey(directory.directoryId, 'alice')?.version).toBe(2)
    expect(reader.prepare('select count(*) from groups').pluck().get()).toBe(0)
    expect(reader.prepare('select count(*) from memberships').pluck().get()).toBe(0)
  })

  it('go on behind one that meets a bug, whose traces are undone', () => {
    const broken = directory.addUser('broken')
    directory.connection.prepare("update users set external_ids = '{' where id = ?").run(broken)
    const outcomes = directory.execute(
      directory.command('POST', '/Users', { userName: 'alice' }),
      directory.command('PATCH', `/Users/${broken}`, {
        Operations: [{ op: 'replace', path: 'title', value: 'Mended' }],
      }),
      directory.command('POST', '/Users', { userName: 'bob' }),
    )
    expect(outcomes.map((each) => each.kind)).toEqual(['answer', 'bug', 'answer'])
    expect(userNames()).toEqual(['broken', 'alice', 'bob'])
  })

  it('are refused alone when their integration has been deleted meanwhile', () => {
    const outcomes = directory.execute(
      directory.command('POST', '/Users', { userName: 'alice' }, { integrationId: 4711 }),
      directory.command('POST', '/Users', { userName: 'bob' }),
    )
    expect(outcomes).toMatchObject([{ kind: 'scim-error', status: 401 }, { kind: 'answer' }])
  })
})

describe('a refused command of the admin', () => {
  it('is undone as a whole', () => {
    const demoted = directory.administer('set-user-standing', {
      directory: 'main',
      userName: 'admin',
      role: 'user',
      active: false,
    })
    expect(demoted).toMatchObject({ kind: 'refused', problem: expect.stringContaining('last active Administrator') })
    expect(directory.store.users.byUserNameKey(directory.directoryId, 'admin')).toMatchObject({
      role: 'administrator',
      active: 1,
      hidden: 1,
    })
    expect(userNames()).toEqual([])
  })

  it('leaves none of an import of which one line is wrong', () => {
    const users = ['alice', 'bob'].map((userName, n) => ({ line: n + 2, resource: { userName }, role: undefined }))
    const outcome = directory.administer('import-users', {
      directory: 'main',
      users: [...users, { line: 4, resource: { displayName: 'nameless' }, role: undefined }],
    })
    expect(outcome).toMatchObject({ kind: 'refused', problem: expect.stringMatching(/^Line 4: /) })
    expect(userNames()).toEqual([])
  })
})

describe('If-Match', () => {
  it('lets one of two changes of the same version through', () => {
    const id = directory.addUser('alice')
    const seen = directory.request('PATCH', `/Users/${id}`, patch())
    const ifMatch = seen.kind === 'answer' ? (seen.answer.etag ?? '') : ''
    const outcomes = directory.execute(
      directory.command('PATCH', `/Users/${id}`, patch({ op: 'add', path: 'title', value: 'one' }), { ifMatch }),
      directory.command('PATCH', `/Users/${id}`, patch({ op: 'add', path: 'title', value: 'two' }), { ifMatch }),
    )
    expect(outcomes.map(statusOf)).toEqual([200, 412])
    expect(bodyOf(directory.request('PATCH', `/Users/${id}`, patch()))).toMatchObject({ title: 'one' })
  })
})

describe('a locked database', () => {
  it('is told in one line, and the next command is carried out', () => {
    directory.connection.pragma('busy_timeout = 0')
    const blocker = openWriterConnection(directory.dataDir)
    blocker.exec('begin immediate')
    const outcome = directory.request('POST', '/Users', { userName: 'alice' })
    expect(outcome).toMatchObject({
      kind: 'store-error',
      problem: expect.stringContaining('locked by another process'),
    })
    blocker.exec('rollback')
    blocker.close()
    expect(statusOf(directory.request('POST', '/Users', { userName: 'alice' }))).toBe(201)
  })
})

describe('a database that is gone from its place', () => {
  const changed = {
    kind: 'store-error',
    problem: expect.stringMatching(/rollcall\.db was removed or replaced while Rollcall worked on it\. /),
  }
  const file = () => directory.connection.name

  it('takes nothing any more, and takes it again once it is back', () => {
    renameSync(file(), `${file()}.away`)
    expect(directory.request('POST', '/Users', { userName: 'alice' })).toEqual(changed)
    renameSync(`${file()}.away`, file())
    expect(statusOf(directory.request('POST', '/Users', { userName: 'alice' }))).toBe(201)
    expect(userNames()).toEqual(['alice'])
  })

  it('takes nothing when another one stands there', () => {
    copyFileSync(file(), `${file()}.copy`)
    renameSync(`${file()}.copy`, file())
    expect(directory.request('POST', '/Users', { userName: 'alice' })).toEqual(changed)
    expect(userNames()).toEqual([])
  })
})

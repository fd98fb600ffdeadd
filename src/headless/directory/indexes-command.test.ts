import { expect, test } from 'vitest'
import { commandLine } from '../command.fixture.ts'

const employeeNumber = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber'

test('an index is made, listed, kept by a backup, and removed', async () => {
  const line = commandLine()
  const rows = Array.from({ length: 500 }, (_, n) => `u${n},E${n}`)
  await line.json('users', 'import', line.write('users.csv', `userName,${employeeNumber}\n${rows.join('\n')}`), '--yes')
  const ready = { attribute: employeeNumber, state: 'ready', percent: 100, origin: 'admin' }
  expect(await line.json('indexes', 'add', employeeNumber)).toMatchObject(ready)
  expect(await line.json('indexes', 'list')).toMatchObject([ready])
  const doctor = await line.run('doctor')
  expect(doctor.stdout).toContain(`Users are found at once by ${employeeNumber} too.`)
  await line.json('backup', line.path('backup.db'))
  expect(await line.json('indexes', 'remove', employeeNumber)).toEqual({ attribute: employeeNumber, state: 'declined' })
  expect((await line.run('doctor')).stdout).not.toContain('found at once')
  // When it was made says nothing of one that is gone.
  expect(await line.json('indexes', 'list')).toMatchObject([{ state: 'declined', readyAt: null }])
  await line.json('restore', line.path('backup.db'), '--yes')
  expect(await line.json('indexes', 'list')).toMatchObject([ready])
})

test('the list says where no integration matches by an attribute any more', async () => {
  const line = commandLine()
  await line.json('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra')
  const matchBy = (path: string) =>
    line.json('integrations', 'policy', 'entra-id', '--set', `matchingAttribute=${path}`)
  await matchBy('phoneNumbers[type eq "work"].value')
  const listed = async () => (await line.run('indexes', 'list')).stdout
  expect(await listed()).toMatch(/phoneNumbers\.value .*an integration matches by it/)
  await matchBy('userName')
  expect(await listed()).toMatch(/phoneNumbers\.value .*an integration matched by it, none does now/)
  await matchBy('phoneNumbers')
  expect(await listed()).toContain('an integration matches by it')
  await line.json('integrations', 'delete', 'entra-id', '--yes')
  expect(await listed()).toContain('none does now')
})

test('there is no index of what users are found by anyway, nor of nothing', async () => {
  const line = commandLine()
  for (const path of ['userName', 'shoeSize', 'name']) {
    const refused = await line.run('indexes', 'add', path)
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('There can be no index')])
  }
  expect((await line.run('indexes', 'remove', 'nickName')).exitCode).toBe(1)
  expect(await line.json('indexes', 'list')).toEqual([])
  expect((await line.run('indexes', 'list')).stdout).toContain('No indexes of attributes')
})

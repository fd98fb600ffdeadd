import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand, runJsonCommand } from '../../test/command-line.ts'
import { commandLine } from './command.fixture.ts'

test.each([
  [['users', 'list']],
  [['requests', '--json']],
  [['settings', 'list']],
  [['tokens', 'rotate', 'entra-id']],
  [['backup', 'backup.db']],
])('%j makes nothing where --data-dir names no folder, and says so', async (args) => {
  const mistyped = commandLine().path('mistyped')
  expect(await runCommand(mistyped, args)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `There is no Rollcall data in ${mistyped}. Check --data-dir, or begin there with "rollcall serve".\n`,
  })
  expect(existsSync(mistyped)).toBe(false)
})

test('a folder of other things is no data directory either', async () => {
  const line = commandLine()
  line.write('data/notes.txt', '')
  expect((await line.run('integrations', 'list')).stderr).toContain(`There is no Rollcall data in ${line.dataDir}.`)
  expect(readdirSync(line.dataDir)).toEqual(['notes.txt'])
})

test('an empty folder is a data directory before its first use', async () => {
  expect(await commandLine().json('users', 'list')).toMatchObject([{ userName: 'admin' }])
})

test('what brings something to be kept begins a data directory', async () => {
  const dataDir = commandLine().path('new/one')
  await runJsonCommand(dataDir, ['integrations', 'create', '--name', 'Okta', '--idp', 'okta', '--vault', 'file'])
  expect(await runJsonCommand(dataDir, ['integrations', 'list'])).toMatchObject([{ slug: 'okta' }])
})

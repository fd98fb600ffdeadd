import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { program } from '../../test/command-line.ts'
import { commandLine } from './command.fixture.ts'

/** Starts a command in a folder that has been deleted. */
function startInDeletedFolder(folder: string, args: readonly string[]) {
  mkdirSync(folder)
  const script = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
  const child = spawn('sh', ['-c', script, 'sh', folder, process.execPath, program, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended: once(child, 'close') }
}

test('a command that needs the folder that it was started in says in one line that it has been deleted', async () => {
  const line = commandLine()
  await line.json('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra', '--vault', 'file')
  const { child, ended } = startInDeletedFolder(line.path('gone'), ['backup', 'a.db', '--data-dir', line.dataDir])
  expect(await text(child.stderr)).toBe(
    'The folder that this was started in has been deleted. Change into another one, and try again.\n',
  )
  expect(await ended).toEqual([1, null])
})

test('a server goes on whose folder has been deleted, threads that it starts later included', async () => {
  const line = commandLine()
  const args = ['serve', '--json', '--port', '0', '--console-port', '0', '--vault', 'file', '--data-dir', line.dataDir]
  const { child, ended } = startInDeletedFolder(line.path('gone'), args)
  const [first]: unknown[] = await once(createInterface(child.stdout), 'line')
  expect(JSON.parse(String(first))).toMatchObject({ event: 'listening' })
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

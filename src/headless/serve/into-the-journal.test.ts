import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { program } from '../../../test/command-line.ts'
import { eventually } from '../../../test/eventually.ts'
import { commandLine } from '../command.fixture.ts'

/** What a server writes at its start into a file that systemd has named as its journal, or into another one. */
async function startInto(which: 'journal' | 'other', ...args: readonly string[]): Promise<string> {
  const line = commandLine()
  const path = line.path('output')
  const file = openSync(path, 'w')
  const { dev, ino } = fstatSync(file)
  const serve = ['serve', '--vault', 'file', '--port', '0', '--console-port', '0', '--data-dir', line.dataDir, ...args]
  const child = spawn(process.execPath, [program, ...serve], {
    stdio: ['ignore', file, 'ignore'],
    env: { ...process.env, JOURNAL_STREAM: `${dev}:${which === 'journal' ? ino : ino + 1}` },
  })
  closeSync(file)
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exited
  })
  return eventually(
    () => Promise.resolve(readFileSync(path, 'utf8')),
    (text) => text.includes('Ctrl+C') || text.includes('listening'),
    15_000,
  )
}

test('the key that opens the console does not go into the journal of the system', async () => {
  const text = await startInto('journal')
  expect(text).toMatch(/^Console {8}http:\/\/127\.0\.0\.1:\d+ \(opened by what "rollcall console url" prints\)$/m)
  expect(text).not.toContain('#k=')
  expect(JSON.parse(await startInto('journal', '--json'))).toMatchObject({
    console: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  })
})

test('a service whose output goes elsewhere prints it', async () => {
  expect(await startInto('other')).toContain('#k=')
})

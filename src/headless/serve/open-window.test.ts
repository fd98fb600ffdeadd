import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { program } from '../../../test/command-line.ts'
import { eventually } from '../../../test/eventually.ts'
import { commandLine } from '../command.fixture.ts'

/** Starts `serve --open` where there is no display, and waits until it has said so. */
async function openWithoutDisplay(...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const serve = [
    'serve',
    '--open',
    '--vault',
    'file',
    '--port',
    '0',
    '--console-port',
    '0',
    '--data-dir',
    commandLine().dataDir,
  ]
  const child = spawn(process.execPath, [program, ...serve, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  })
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exited
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => void (said.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => void (said.stderr += chunk.toString()))
  return eventually(
    () => Promise.resolve(said),
    ({ stdout, stderr }) => `${stdout}${stderr}`.includes('No window: ') && stdout.includes('127.0.0.1'),
    15_000,
  )
}

test('where there is no display the console is served to browsers, and one line says why', async () => {
  const { stdout, stderr } = await openWithoutDisplay()
  expect(stdout).toMatch(/^Console {8}http:\/\/127\.0\.0\.1:\d+\/#k=\S+ /m)
  expect(stdout).toMatch(/^No window: there is no display \(neither DISPLAY nor WAYLAND_DISPLAY is set\)\.$/m)
  expect(stderr).toBe('')
})

test('with --json the reason is on stderr, for stdout holds nothing but the one line', async () => {
  const { stdout, stderr } = await openWithoutDisplay('--json')
  expect(JSON.parse(stdout)).toMatchObject({ event: 'listening' })
  expect(stderr).toBe('No window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).\n')
})

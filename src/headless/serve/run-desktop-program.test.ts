import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { runDesktopProgram } from './run-desktop-program.ts'

/** A program in the place of Electron's. */
function program(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-program-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'electron')
  writeFileSync(path, `#!/bin/sh\n${script.replaceAll('FOLDER', folder)}\n`, { mode: 0o755 })
  return { folder, path }
}

test('the app is given its arguments, and its exit status counts', async () => {
  const { folder, path } = program('printf "%s\\n" "$@" "$ELECTRON_RUN_AS_NODE" > FOLDER/args; exit 1')
  process.env['ELECTRON_RUN_AS_NODE'] = '1'
  onTestFinished(() => void delete process.env['ELECTRON_RUN_AS_NODE'])
  expect(await runDesktopProgram(path, ['/root', '--port', '0'])).toEqual({ kind: 'ended', status: 1 })
  expect(readFileSync(join(folder, 'args'), 'utf8')).toBe('/root\n--port\n0\n\n')
})

test('a program that the machine cannot run is told from one that has ended', async () => {
  const { path } = program('kill -ABRT $$')
  expect(await runDesktopProgram(path, [])).toEqual({
    kind: 'unable',
    why: 'No window: Electron ended with SIGABRT, which it has told above.',
  })
  expect(await runDesktopProgram(program('exit 127').path, [])).toMatchObject({
    kind: 'unable',
    why: expect.stringContaining('status 127'),
  })
  expect(await runDesktopProgram('/nowhere/electron', [])).toMatchObject({
    kind: 'unable',
    why: expect.stringContaining('ENOENT'),
  })
  expect(await runDesktopProgram(program('exit 0').path, [])).toEqual({ kind: 'ended', status: 0 })
})

test('SIGTERM is handed on, and the app ends as it wants', async () => {
  const { folder, path } = program('trap "exit 0" TERM; touch FOLDER/runs; while :; do sleep 0.05; done')
  const running = runDesktopProgram(path, [])
  await eventually(
    () => Promise.resolve(existsSync(join(folder, 'runs'))),
    (runs) => runs,
  )
  // A server that another test of this process keeps would end the process.
  const others = process.listeners('SIGTERM').slice(0, -1)
  for (const each of others) process.off('SIGTERM', each)
  process.emit('SIGTERM', 'SIGTERM')
  for (const each of others) process.on('SIGTERM', each)
  expect(await running).toEqual({ kind: 'ended', status: 0 })
  expect(process.listenerCount('SIGINT')).toBe(0)
})

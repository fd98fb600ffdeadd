import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { program } from '../../../test/command-line.ts'
import { commandLine } from '../command.fixture.ts'
import { createOutput } from './output.ts'

test('a reader that is gone before a short command speaks is not told of on stderr', async () => {
  const child = spawn(process.execPath, [program, 'settings', 'list', '--data-dir', commandLine().dataDir])
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  expect([await once(child, 'close'), stderr]).toEqual([[0, null], ''])
})

test('all who wait for room are told of it together', async () => {
  let drain: (() => void) | undefined
  const stream = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void (drain = done) })
  const output = createOutput(stream)
  const waiting = Array.from({ length: 20 }, () => output.write('x'))
  expect(stream.listenerCount('drain')).toBe(1)
  const drained = once(stream, 'drain')
  while (stream.writableLength > 0) {
    drain?.()
    await Promise.resolve()
  }
  await drained
  await Promise.all(waiting)
  expect(stream.listenerCount('drain')).toBe(0)
})

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createShellMemory } from './shell-memory.ts'

function memoryIn(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-memory-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const troubles: string[] = []
  const file = join(folder, name)
  return { file, troubles, memory: createShellMemory(file, (message) => void troubles.push(message)) }
}

const window = { x: 1, y: 2, width: 800, height: 600, isMaximized: false }

test('a part is written and the rest kept', () => {
  const { file, memory } = memoryIn('window.json')
  expect(memory.read()).toEqual({ toldThatItStays: false })
  memory.write({ window })
  memory.write({ toldThatItStays: true })
  expect(createShellMemory(file, () => undefined).read()).toEqual({ window, toldThatItStays: true })
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test.each(['', '{', 'null', '{"window":{"x":"left"}}', '{"toldThatItStays":1}'])('%s is as good as empty', (text) => {
  const { file, memory } = memoryIn('window.json')
  writeFileSync(file, text)
  expect(memory.read()).toEqual({ toldThatItStays: false })
  memory.write({ window })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ window })
})

test('a file that cannot be written is told, and no more', () => {
  const { memory, troubles } = memoryIn('missing/window.json')
  memory.write({ window })
  expect(troubles).toEqual([expect.stringContaining('cannot be written')])
})

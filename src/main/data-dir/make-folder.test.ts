import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

function place(): string {
  const made = mkdtempSync(join(tmpdir(), 'rollcall-folder-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

test('makes a folder and those above it, each for its owner alone, and leaves one that is there', () => {
  const top = place()
  const folder = join(top, 'a', 'b', 'c')
  makeFolder(folder)
  makeFolder(folder)
  for (const each of [folder, join(top, 'a')]) {
    expect(statSync(each).isDirectory()).toBe(true)
    expect(statSync(each).mode & 0o077).toBe(process.platform === 'win32' ? 0o066 : 0)
  }
})

test('a file in the way is told', () => {
  const file = join(place(), 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(file)).toThrow('EEXIST')
  expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR')
})

test.runIf(process.platform === 'linux')('where the system makes no folders, that is told, and told at once', () => {
  expect(() => makeFolder('/proc/rollcall/data')).toThrow('ENOENT')
})

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writePrivateFile } from './private-file.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-private-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('what a killed process left of the same file goes with the next one, and what may be being written stays', async () => {
  const folder = newFolder()
  const file = join(folder, 'users.csv')
  const left = (name: string, minutesAgo: number) => {
    writeFileSync(join(folder, name), 'half')
    const then = new Date(Date.now() - minutesAgo * 60_000)
    utimesSync(join(folder, name), then, then)
  }
  const part = '0f3c9f2e-7d1b-4c55-9d0a-3f0c1d2e4b5a.new'
  left(`users.csv.${part}`, 61)
  left('users.csv.1f3c9f2e-7d1b-4c55-9d0a-3f0c1d2e4b5a.new', 1)
  const others = [`groups.csv.${part}`, `old users.csv.${part}`, 'users.csv.new', 'users.csv.bak', 'users.csv.old.new']
  for (const other of others) left(other, 61)
  await writePrivateFile(file, ['whole'])
  expect(readFileSync(file, 'utf8')).toBe('whole')
  expect(readdirSync(folder).toSorted()).toEqual(
    ['users.csv', 'users.csv.1f3c9f2e-7d1b-4c55-9d0a-3f0c1d2e4b5a.new', ...others].toSorted(),
  )
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createModels } from '../../scim/model/models.ts'
import { openImportFile } from './import-file.ts'

const model = createModels([]).user

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-import-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function linesOf(content: string): Promise<readonly unknown[]> {
  const file = join(folder(), 'people.csv')
  writeFileSync(file, content)
  const { lines } = await openImportFile(file, 'people.csv', model)
  const found = []
  for await (const line of lines) found.push(line.kind === 'user' ? line.user.resource : line.line.message)
  return found
}

test('emptied columns at the right, as spreadsheets save them, are passed over', async () => {
  expect(await linesOf('userName;title;;\nana;Boss;;\nbo;;;x\n')).toEqual([
    expect.objectContaining({ userName: 'ana', title: 'Boss' }),
    'Line 3: It has 4 cells; the header has 2.',
  ])
})

test('a column without a name between others is told by its number', async () => {
  await expect(linesOf('userName,,title\nana,x,Boss\n')).rejects.toThrow('Column 2 has no name.')
})

test('a pipe is refused with what to do instead', async () => {
  const pipe = join(folder(), 'pipe')
  execFileSync('mkfifo', [pipe])
  const writing = writeFile(pipe, 'userName\nana\n').catch(() => undefined)
  await expect(openImportFile(pipe, pipe, model)).rejects.toThrow(/is a pipe.*Write it into a file/)
  await writing
})

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDataDir } from '../directory/test-directory.fixture.ts'
import { giveName } from './give-name.ts'

/** As Linux answers on exFAT, and on many shares. */
function noLinks(): never {
  throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })
}

describe.each([
  ['with hard links', undefined],
  ['without hard links', noLinks],
])('a file system %s', (_, link) => {
  function folderWith(text: string): { readonly temporary: string; readonly file: string; readonly path: string } {
    const { path, remove } = createDataDir()
    onTestFinished(remove)
    const temporary = join(path, 'backup.db.new')
    writeFileSync(temporary, text)
    return { temporary, file: join(path, 'backup.db'), path }
  }

  it('gives a file its name', () => {
    const { temporary, file } = folderWith('whole')
    giveName(temporary, file, link)
    expect(readFileSync(file, 'utf8')).toBe('whole')
  })

  it('leaves the file that has the name already', () => {
    const { temporary, file } = folderWith('new')
    writeFileSync(file, 'old')
    expect(() => giveName(temporary, file, link)).toThrow(expect.objectContaining({ code: 'EEXIST' }))
    expect(readFileSync(file, 'utf8')).toBe('old')
  })

  it('leaves nothing behind where there is no file', () => {
    const { file, path } = folderWith('')
    expect(() => giveName(join(path, 'gone'), file, link)).toThrow(expect.objectContaining({ code: 'ENOENT' }))
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(path)).toEqual(['backup.db.new'])
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { adviceOnAccess } from './advice-on-access.ts'

let folder = ''
const own = process.getuid?.() ?? 0
const other = own + 1

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const ownedBy = (rest: string) => `It belongs to another user (uid ${own}): run Rollcall as that user, or have ${rest}.`

test.skipIf(process.platform === 'win32')(
  'another user’s data directory is to be given away as a whole, and nothing beside it',
  () => {
    const dataDir = join(folder, 'data')
    mkdirSync(dataDir)
    const database = join(dataDir, 'rollcall.db')
    writeFileSync(database, '')
    const advice = ownedBy(`the data directory given to this one (chown -R ${other} ${dataDir})`)
    expect(adviceOnAccess(dataDir, 'usual', other)).toBe(advice)
    expect(adviceOnAccess(database, 'usual', other)).toBe(advice)
  },
)

test.skipIf(process.platform === 'win32')('of another folder the file alone is to be given away', () => {
  const backup = join(folder, 'monday.db')
  writeFileSync(backup, '')
  expect(adviceOnAccess(backup, 'usual', other)).toBe(ownedBy(`it given to this one (chown ${other} ${backup})`))
  expect(adviceOnAccess(folder, 'usual', other)).toBe(ownedBy(`it given to this one (chown ${other} ${folder})`))
})

test('what is one’s own, or cannot be seen, has the usual advice', () => {
  expect(adviceOnAccess(folder, 'usual', own)).toBe('usual')
  expect(adviceOnAccess(join(folder, 'gone'), 'usual', other)).toBe('usual')
})

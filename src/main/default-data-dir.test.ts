import { join } from 'node:path'
import { homedir } from 'node:os'
import { expect, test } from 'vitest'
import { defaultDataDir } from './default-data-dir.ts'

test.each([undefined, '', 'relative'])(
  'XDG_DATA_HOME=%s counts as unset, and no folder of the moment is taken',
  (value) => {
    expect(defaultDataDir({ XDG_DATA_HOME: value }, 'linux')).toBe(join(homedir(), '.local', 'share', 'rollcall'))
  },
)

test('an absolute XDG_DATA_HOME is where the data is', () => {
  expect(defaultDataDir({ XDG_DATA_HOME: '/srv/data' }, 'linux')).toBe('/srv/data/rollcall')
})

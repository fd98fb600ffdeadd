import { join } from 'node:path'
import { homedir, userInfo } from 'node:os'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultDataDir } from './default-data-dir.ts'

test.each([undefined, '', 'relative'])(
  'XDG_DATA_HOME=%s counts as unset, and no folder of the moment is taken',
  (value) => {
    expect(defaultDataDir({ XDG_DATA_HOME: value }, 'linux')).toBe(join(homedir(), '.local', 'share', 'rollcall'))
  },
)

test.each([
  ['an empty HOME', () => ''],
  ['a HOME that is relative', () => 'home'],
  [
    'a user whom the system does not know',
    () => {
      throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' })
    },
  ],
])('%s is no home folder: the next one counts, or none', (_case, first) => {
  expect(defaultDataDir({}, 'linux', [first, () => '/home/ada'])).toBe('/home/ada/.local/share/rollcall')
  expect(defaultDataDir({}, 'linux', [first])).toBeUndefined()
  expect(defaultDataDir({ XDG_DATA_HOME: '/srv/data' }, 'linux', [first])).toBe('/srv/data/rollcall')
})

test('an empty HOME is not the working directory', () => {
  vi.stubEnv('HOME', '')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(defaultDataDir({}, 'linux')).toBe(join(userInfo().homedir, '.local', 'share', 'rollcall'))
})

test('an absolute XDG_DATA_HOME is where the data is', () => {
  expect(defaultDataDir({ XDG_DATA_HOME: '/srv/data' }, 'linux')).toBe('/srv/data/rollcall')
})

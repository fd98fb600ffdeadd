import { expect, test } from 'vitest'
import { launchArguments, parseLaunchOptions, type LaunchOptions } from './launch-options.ts'

const usual: LaunchOptions = {
  dataDir: '/usual',
  vault: undefined,
  host: undefined,
  port: undefined,
  publicUrl: undefined,
  isHidden: false,
}
const all: LaunchOptions = {
  dataDir: '/data dir',
  vault: 'file',
  host: '0.0.0.0',
  port: 0,
  publicUrl: 'https://scim.example.com/x',
  isHidden: true,
}

test.each([
  [usual, []],
  [
    all,
    [
      '--data-dir',
      '/data dir',
      '--vault',
      'file',
      '--host',
      '0.0.0.0',
      '--port',
      '0',
      '--public-url',
      'https://scim.example.com/x',
      '--hidden',
    ],
  ],
])('%j is written and read as arguments', (options, args) => {
  expect(launchArguments(options, '/usual')).toEqual(args)
  expect(parseLaunchOptions(args, '/usual')).toEqual({ ok: true, options })
})

test('what belongs to Chromium is left to it', () => {
  const args = ['/app', '--no-sandbox', '--disable-features=x', '--port=8000', '-x', '--original-process-start-time=1']
  expect(parseLaunchOptions(args, '/usual')).toEqual({ ok: true, options: { ...usual, port: 8000 } })
})

test.each([
  [['--port', 'many'], '--port is a number from 0 to 65535.'],
  [['--port', '65536'], '--port is a number from 0 to 65535.'],
  [['--port'], '--port needs a value.'],
  [['--data-dir'], '--data-dir needs a value.'],
  [['--data-dir', ''], '--data-dir needs a value.'],
  [['--host', ' '], '--host needs a value.'],
  [['--vault', 'drawer'], '--vault is keychain or file.'],
  [
    ['--public-url', 'scim.example.com'],
    '--public-url: "scim.example.com" is no public URL. It looks like https://scim.example.com.',
  ],
  [
    ['--public-url', 'https://scim.example.com?a'],
    '--public-url: A public URL has no query and no fragment. It looks like https://scim.example.com.',
  ],
  [
    ['--public-url', 'https://scim.example.com/scim/entra/v2'],
    '--public-url: A public URL ends before /scim/entra/v2, which is added to it. Give https://scim.example.com instead.',
  ],
])('%j is refused in one line', (args, problem) => {
  expect(parseLaunchOptions(args, '/usual')).toEqual({ ok: false, problem })
})

test('without a home folder the data directory has to be named', () => {
  expect(parseLaunchOptions([], undefined)).toEqual({
    ok: false,
    problem: 'This user has no home folder. Say where the data is: --data-dir DIR.',
  })
  expect(parseLaunchOptions(['--data-dir', '/srv'], undefined)).toMatchObject({
    ok: true,
    options: { dataDir: '/srv' },
  })
})

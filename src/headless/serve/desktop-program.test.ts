import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findDesktopProgram } from './desktop-program.ts'

function checkout(...files: readonly (readonly [path: string, text: string])[]) {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-root-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const find = (other: Partial<Parameters<typeof findDesktopProgram>[0]> = {}) =>
    findDesktopProgram({
      env: { WAYLAND_DISPLAY: 'wayland-0' },
      platform: 'linux',
      uid: 1000,
      root,
      foreignOption: undefined,
      ...other,
    })
  return { root, find }
}

const built = ['out/main/index.js', ''] as const
const named = ['node_modules/electron/path.txt', 'electron'] as const
const fetched = ['node_modules/electron/dist/electron', ''] as const

test('Electron is found where its package says', () => {
  const { root, find } = checkout(built, named, fetched)
  expect(find()).toEqual({ kind: 'found', path: join(root, 'node_modules/electron/dist/electron') })
})

test('a distribution elsewhere is found by the variable that Electron itself reads', () => {
  const { root, find } = checkout(built, ['dist/electron', ''])
  const env = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(root, 'dist') }
  expect(find({ env })).toEqual({ kind: 'found', path: join(root, 'dist/electron') })
})

test('why there is no window is one line', () => {
  const { find } = checkout(built, named, fetched)
  expect(find({ env: {} })).toEqual({
    kind: 'none',
    why: 'No window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).',
  })
  expect(find({ env: {}, platform: 'darwin' }).kind).toBe('found')
  expect(find({ uid: 0 })).toEqual({ kind: 'none', why: 'No window: Electron does not run as root.' })
  expect(find({ foreignOption: '--console-port' })).toEqual({
    kind: 'none',
    why: 'No window: --console-port is an option of the console in the browser.',
  })
  const notFetched = 'No window: Electron’s program is not installed ("npx install-electron" fetches it).'
  expect(checkout(built).find()).toEqual({ kind: 'none', why: notFetched })
  expect(checkout(built, named).find()).toEqual({ kind: 'none', why: notFetched })
  expect(checkout(named, fetched).find()).toMatchObject({ why: expect.stringContaining('npm run build') })
})

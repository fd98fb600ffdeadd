import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { whyHeadless } from './why-headless.ts'

test('says in one line why there is no window', () => {
  const root = mkdtempSync(join(tmpdir(), 'rollcall-root-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  expect(whyHeadless({ env: {}, platform: 'linux', root })).toContain('no display')
  const env = { WAYLAND_DISPLAY: 'wayland-0' }
  expect(whyHeadless({ env, platform: 'linux', root })).toContain('not installed')
  mkdirSync(join(root, 'node_modules/electron'), { recursive: true })
  writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron')
  expect(whyHeadless({ env, platform: 'linux', root })).not.toContain('not installed')
})

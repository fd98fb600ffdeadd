import { _electron } from '@playwright/test'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findDesktopProgram } from '../../src/headless/serve/desktop-program.ts'
import { eventually } from '../eventually.ts'
import { expect, test } from './desktop.ts'
import { walkThrough } from './walk.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const program = findDesktopProgram({
  env: process.env,
  platform: process.platform,
  // Electron runs as root when its sandbox is given up, which a test may.
  uid: undefined,
  root,
  foreignOption: undefined,
})

test('the same in the stand-in', async ({ launch }) => {
  const desktop = await launch()
  await walkThrough(await desktop.page(), await desktop.scim())
})

test('the desktop app in Electron itself', async ({ dataDir }) => {
  test.skip(program.kind === 'none', program.kind === 'none' ? program.why : '')
  const app = await _electron.launch({
    executablePath: program.kind === 'found' ? program.path : '',
    args: [root, '--data-dir', dataDir, '--vault', 'file', '--port', '0', ...(isRoot ? ['--no-sandbox'] : [])],
  })
  let said = ''
  app.process().stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const exited = new Promise<number | null>((resolve) => {
    app.process().once('exit', resolve)
  })
  const page = await app.firstWindow()
  const scim = await eventually(
    () => Promise.resolve(/^SCIM endpoint {2}(\S+)$/m.exec(said)?.[1]),
    (url) => url !== undefined,
    20_000,
  )
  await walkThrough(page, scim ?? '')
  expect(await app.evaluate(({ app: main }) => main.getPath('userData'))).toBe(join(dataDir, 'desktop'))
  // Not at once, so that the answer still gets out.
  await app.evaluate(({ app: main }) => void setTimeout(() => main.quit()))
  expect(await exited).toBe(0)
})

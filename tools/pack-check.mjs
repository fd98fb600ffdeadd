// `npm run pack:check`: packs the built app around an empty Electron, looks at what is in it, and runs that under the stand-in for Electron.
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractAll, listPackage, statFile } from '@electron/asar'
import { launchStandIn } from '../test/electron-stand-in/launch.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'rollcall-pack-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

const problems = []
function expect(isSo, otherwise) {
  if (!isSo) problems.push(otherwise)
}

/** The mark behind which Electron's program keeps its fuses, and its states as they come from the makers: all to be set. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseCount = 8

/** An Electron without a program, but with fuses, and with the files that electron-builder looks for. */
function makeEmptyElectron() {
  const folder = join(work, 'electron')
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  writeFileSync(
    join(folder, 'electron'),
    `#!/bin/sh\nexit 1\n# ${fuseMark}\u0001${String.fromCharCode(fuseCount)}11111111\n`,
  )
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), version)
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'locales/en-US.pak',
    'chrome-sandbox',
    'chrome_crashpad_handler',
  ])
    writeFileSync(join(folder, name), '')
  return folder
}

function pack(electronDist) {
  const config = join(work, 'electron-builder.json')
  const output = join(work, 'dist')
  writeFileSync(
    config,
    JSON.stringify({ extends: join(root, 'electron-builder.yml'), electronDist, directories: { output } }),
  )
  const args = ['node_modules/electron-builder/cli.js', '--linux', 'dir', '--publish', 'never', '--config', config]
  return new Promise((resolve, reject) => {
    let said = ''
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0
        ? resolve(join(output, 'linux-unpacked'))
        : reject(new Error(`electron-builder ended with ${code}:\n${said}`)),
    )
  })
}

/** What `electron-builder.yml` wants of the fuses, in the order in which the program keeps them; 0 is off, 1 is on. */
const wantedFuses = '00001100'

function checkFuses(folder) {
  const program = readFileSync(join(folder, 'rollcall'), 'latin1')
  const at = program.indexOf(fuseMark) + fuseMark.length + 2
  const found = program.slice(at, at + fuseCount)
  expect(found === wantedFuses, `the fuses are ${found} and not ${wantedFuses}`)
}

function checkArchive(archive) {
  const files = listPackage(archive, { isPack: false }).filter((path) => !('files' in statFile(archive, path.slice(1))))
  const has = (path) => expect(files.includes(path), `${path} is missing`)
  for (const name of ['writer', 'checkpoint', 'costly-read', 'journal', 'plan', 'console-read', 'backup'])
    has(`/out/threads/${name}-thread.js`)
  for (const path of [
    '/package.json',
    '/out/main/index.js',
    '/out/preload/index.cjs',
    '/out/renderer/index.html',
    '/resources/icon.png',
    '/resources/tray/listening.png',
  ])
    has(path)
  const target = `${process.platform}-${process.arch}`
  has(`/node_modules/better-sqlite3/prebuilds/${target}.node`)
  expect(
    files.some((path) => path.startsWith(`/node_modules/keytar/prebuilds/${target}/`)),
    'keytar has no module',
  )

  const modules = new Set(files.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))
  expect(
    [...modules].toSorted((a, b) => a.localeCompare(b)).join() === 'better-sqlite3,keytar',
    `packages besides our two: ${[...modules].join()}`,
  )
  const folders = new Set(files.map((path) => path.split('/')[1]))
  expect(
    [...folders].toSorted((a, b) => a.localeCompare(b)).join() === 'node_modules,out,package.json,resources',
    `folders: ${[...folders].join()}`,
  )
  const strays = files.filter((path) => /\.(map|ts|md|gyp|c|h|cc)$/.test(path) && !/README|LICENSE/.test(path))
  expect(strays.length === 0, `not to be packed: ${strays.join()}`)
  const natives = files.filter((path) => path.endsWith('.node'))
  expect(
    natives.every((path) => path.includes(target)),
    `for another system: ${natives.join()}`,
  )
  expect(
    natives.every((path) => statFile(archive, path.slice(1)).unpacked === true),
    'a native module is inside of the archive',
  )
}

/** Runs what was packed, as the packed app runs, but for the archive: Node cannot read it, so it is unpacked first. */
async function checkThatItRuns(archive) {
  const folder = join(work, 'app')
  extractAll(archive, folder)
  const app = await launchStandIn({
    entry: join(folder, 'out/main/index.js'),
    args: ['--data-dir', join(work, 'data'), '--vault', 'file', '--port', '0'],
    machine: { isPackaged: true },
  })
  try {
    const page = await app.page()
    await page.getByText('Listening').waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Fill with a sample organisation' }).click()
    await page.getByText('The directory holds the sample organisation').waitFor({ timeout: 20_000 })
    const scim = /^SCIM endpoint {2}(\S+)$/m.exec(app.stdout())?.[1]
    const { status } = await fetch(`${scim}/v2/Users`)
    expect(status === 401, `SCIM answered ${status}`)
    await app.controls.chooseInTray('Quit')
    const { code } = await app.exited
    expect(code === 0, `the app ended with ${code}: ${app.stderr()}`)
  } finally {
    await app.dispose()
  }
}

const folder = await pack(makeEmptyElectron())
const archive = join(folder, 'resources/app.asar')
checkFuses(folder)
checkArchive(archive)
await checkThatItRuns(archive)
for (const problem of problems) console.error(problem)
if (problems.length === 0) console.log('The packed app holds what it needs and nothing else, and runs.')
process.exit(problems.length === 0 ? 0 : 1)

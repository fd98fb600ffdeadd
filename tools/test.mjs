// `npm test`: every check that a change must pass, one step after another.
// The last line is `N passed, N failed, N skipped`; the exit code is 0 only when nothing failed.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { ownNode } from '../bin/own-node.mjs'
import { chromiumPackages, hasBothBrowsers, hasChromium } from './chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)

// Started with the system's Node, this goes on with the pinned one: the database driver needs it.
const pinned = ownNode(root)
if (!process.version.startsWith('v24.') && pinned !== undefined) {
  const again = spawnSync(pinned, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

const reports = mkdtempSync(join(tmpdir(), 'rollcall-reports-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

/** Where the tests put their data directories: into memory if there is room, for on a disk they would wait for thousands of commits. */
function scratchFolder() {
  const memory = '/dev/shm'
  if (process.platform !== 'linux' || !existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  const hasRoom = bavail * bsize > 2 * 2 ** 30 && freemem() > 4 * 2 ** 30
  return hasRoom ? memory : tmpdir()
}

const scratch = mkdtempSync(join(scratchFolder(), 'rollcall-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
// Some tests run programs as another user, who must get to what is made for them.
chmodSync(scratch, 0o711)
/** What the tests and the hundreds of processes they start get beside our own environment. What one process has compiled, the next one loads. */
const surroundings = { NO_COLOR: '1', TMPDIR: scratch, NODE_COMPILE_CACHE: join(scratch, 'compiled') }
const counts = { passed: 0, failed: 0, skipped: 0 }

/** Runs a command to its end; resolves to its exit code and all that it printed. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0

/** Runs one step and prints its name, its seconds and, when it failed, everything that it said. */
async function step(name, work) {
  tell(await timed(name, work))
}

async function timed(name, work) {
  const start = performance.now()
  const { failed, output, remark } = await work()
  return { name, failed, output, remark, seconds: ((performance.now() - start) / 1000).toFixed(1) }
}

function tell({ name, failed, output, remark, seconds }) {
  console.log(`${failed ? 'FAILED' : 'ok'}  ${name} (${seconds} s)${remark === undefined ? '' : `: ${remark}`}`)
  if (failed) console.log(output)
}

/** A step that is one check. */
const check = (name, ...script) => step(name, checked(script))

const checked = (script) => async () => {
  const { code, output } = await run('npm', ['run', '-s', ...script])
  counts[code === 0 ? 'passed' : 'failed'] += 1
  return { failed: code !== 0, output }
}

/** Checks that do not need each other, at once; they are told in their order. */
async function checkAtOnce(...checks) {
  for (const done of checks.map(([name, script]) => timed(name, checked([script])))) tell(await done)
}

/** A test that passed, but not at once: its name, and in a line without colours what its first attempt failed of. */
function secondAttempt(title, message = 'it did not say why') {
  const [told] = stripVTControlCharacters(message).split(/\n\s+at /)
  const line = told.replaceAll(/\s+/g, ' ').slice(0, 300)
  return `"${title}" passed at the second attempt only (${line})`
}

/**
 * Adds up the JSON report of a vitest run, and names what needed a second attempt, with the reason. A file that could not be loaded counts as one
 * failed test.
 */
function countTests(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, reasons: [] }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const reasons = testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
    .map(({ fullName, failureMessages }) => secondAttempt(fullName, failureMessages[0]))
  const skipped = numPendingTests + numTodoTests
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped, reasons }
}

/**
 * A step that is many tests. `before` stands in front of the command, e.g. what gives it a keyring;
 * `missing` says why some of them skip themselves.
 */
const tests = (name, before, args, missing = '') =>
  step(name, async () => {
    const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`)
    const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=2', ...args]
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const [command, ...rest] = [...before, ...vitest, ...reporters]
    const { code, output } = await run(command, rest, surroundings)
    const found = countTests(report)
    // A run that ends badly with every test green (an unhandled error, a crash) is a failure too.
    if (code !== 0 && found.failed === 0) found.failed = 1
    for (const key of Object.keys(counts)) counts[key] += found[key]
    const sum = `${found.passed} passed, ${found.failed} failed, ${found.skipped} skipped`
    const counted = missing === '' ? sum : `${sum}, for want of ${missing}`
    return { failed: code !== 0, output, remark: [counted, ...found.reasons].join('; ') }
  })

const keyringPackages = ['libsecret-1-0', 'gnome-keyring', 'dbus-daemon']

function hasKeyring() {
  const libraries =
    spawnSync('sh', ['-c', 'PATH="$PATH:/sbin:/usr/sbin" ldconfig -p'], { encoding: 'utf8' }).stdout ?? ''
  return (
    has('gnome-keyring-daemon') && has('dbus-run-session') && has('dbus-send') && libraries.includes('libsecret-1.so.0')
  )
}

/** Installs packages of the system if that may be; returns what is missing when it cannot be, and nothing otherwise. */
async function ensurePackages(packages, isThere) {
  if (process.platform !== 'linux') return 'Linux'
  if (isThere()) return ''
  const wanted = packages.join(' ')
  if (process.getuid?.() !== 0) return `${wanted}, which only root may install`
  if (!has('apt-get')) return `${wanted}, and of apt-get to install them`
  const apt = { DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update', '-qq'], apt)
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-unsafe-io']
  const install = await run('apt-get', ['install', ...options, ...packages], apt)
  if (isThere()) return ''
  return `${wanted}; apt-get says: ${(install.output || update.output).trim().split('\n').at(-1)}`
}

/** Every test of a Playwright report. */
function* testsOf(suite) {
  for (const { title, tests: outcomes } of suite.specs ?? [])
    for (const outcome of outcomes) yield { title, ...outcome }
  for (const inner of suite.suites ?? []) yield* testsOf(inner)
}

/** Counts the JSON report of a Playwright run, and names what was skipped and what needed a second attempt, with the reason. */
function countBrowserTests(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, reasons: [] }
  const { stats, suites } = JSON.parse(readFileSync(report, 'utf8'))
  const { expected, unexpected, flaky, skipped } = stats
  const all = suites.flatMap((suite) => [...testsOf(suite)])
  const reasons = all
    .filter(({ status }) => status === 'skipped')
    .map(({ title, annotations }) => `"${title}": ${annotations.find(({ type }) => type === 'skip')?.description}`)
  const wavering = all
    .filter(({ status }) => status === 'flaky')
    .map(({ title, results }) => secondAttempt(title, results.find(({ error }) => error !== undefined)?.error.message))
  return { passed: expected + flaky, failed: unexpected, skipped, reasons: [...reasons, ...wavering] }
}

/** A step that is the tests in a real browser; `missing` says why they cannot run. */
const browserTests = (missing) =>
  step('browser tests', async () => {
    const report = join(reports, 'browser.json')
    // A browser on a busy machine may be late once; what fails twice is broken, and what needs the second attempt is named.
    const playwright = ['node_modules/@playwright/test/cli.js', 'test', '--retries=1', '--reporter=list,json']
    if (missing !== '') {
      const listed = await run(process.execPath, [...playwright, '--list'], { PLAYWRIGHT_JSON_OUTPUT_NAME: report })
      const names = listed.output.match(/^ {2}\S+\.spec\.ts.*$/gm) ?? []
      counts.skipped += names.length
      return { failed: false, output: '', remark: `${names.length} skipped, for want of ${missing}` }
    }
    const { code, output } = await run(process.execPath, playwright, {
      ...surroundings,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    })
    const found = countBrowserTests(report)
    if (code !== 0 && found.failed === 0) found.failed = 1
    for (const key of Object.keys(counts)) counts[key] += found[key]
    const sum = `${found.passed} passed, ${found.failed} failed, ${found.skipped} skipped`
    return { failed: code !== 0, output, remark: [sum, ...found.reasons].join('; ') }
  })

const keyringTests = ['src/main/vault/keychain-vault.test.ts', 'test/crash/vault-move.test.ts']

// What is missing comes over the network while the tests use the processors; one after another, for apt-get works alone.
const keyringMissing = ensurePackages(keyringPackages, hasKeyring)
const chromiumMissing = keyringMissing.then(async () => {
  // The headless shell saves time; where it cannot be had, the tests run in the whole browser.
  await ensurePackages(chromiumPackages, hasBothBrowsers)
  return ensurePackages(['chromium'], hasChromium)
})

await checkAtOnce(['format', 'format:check'], ['lint', 'lint'], ['types', 'typecheck'], ['build', 'build'])
await tests(
  'tests',
  [],
  [...keyringTests, '**/node_modules/**'].flatMap((each) => ['--exclude', each]),
)

// Without a keyring the file still runs: what needs none is tested, the rest skips itself.
const missing = await keyringMissing
await tests('keyring tests', missing === '' ? ['tools/with-keyring.sh'] : [], keyringTests, missing)

const noChromium = await chromiumMissing
await browserTests(noChromium)
if (noChromium === '') await check('packed app', 'pack:check')
else {
  counts.skipped += 1
  console.log(`ok  packed app: 1 skipped, for want of ${noChromium}`)
}

console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = counts.failed === 0 ? 0 : 1

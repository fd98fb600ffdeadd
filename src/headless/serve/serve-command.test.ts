import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, rmdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'

import { program } from '../../../test/command-line.ts'
import { startServer } from '../../../test/server.ts'
import { commandLine, commandLineWithIntegration, type CommandLine } from '../command.fixture.ts'

const oneLine = (part: string | RegExp) =>
  expect.stringMatching(new RegExp(`^[^\\n]*${typeof part === 'string' ? part : part.source}[^\\n]*\\n$`))

const serve = (line: CommandLine, ...args: readonly string[]) =>
  line.run('serve', '--vault', 'file', '--port', '0', ...args)

async function takenPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('a port in use is said in one line', async () => {
  const port = await takenPort()
  const refused = await serve(commandLine(), '--port', String(port))
  expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: oneLine(`Port ${port}`) })
})

test('what comes from the settings is not said to have come from an option', async () => {
  const line = commandLine()
  const port = await takenPort()
  await line.json('settings', 'set', 'endpoint-port', String(port))
  expect(await line.run('serve', '--vault', 'file')).toMatchObject({
    exitCode: 1,
    stderr: oneLine('choose another one with "rollcall settings set endpoint-port"'),
  })
  await line.json('settings', 'set', 'endpoint-host', '192.0.2.1')
  expect(await serve(line)).toMatchObject({
    exitCode: 1,
    stderr: oneLine('Choose another one with "rollcall settings set endpoint-host"'),
  })
})

test('a port of the console in use is said in one line, and the endpoint does not go on alone', async () => {
  const port = await takenPort()
  const refused = await serve(commandLine(), '--console-port', String(port))
  expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: oneLine('--console-port') })
})

test('an address of another machine is said in one line', async () => {
  const refused = await serve(commandLine(), '--host', '192.0.2.1')
  expect(refused).toMatchObject({ exitCode: 1, stderr: oneLine('192.0.2.1') })
})

test.each(['https://example.com/rollcall', 'https://ana:secret@example.com'])(
  'a URL of the console that is more than an origin is refused (%s)',
  async (url) => {
    const refused = await serve(commandLine(), '--console-url', url)
    expect(refused).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: oneLine('The (console|URL of the console) has no'),
    })
  },
)

test('an IPv6 address may stand in brackets', async () => {
  const line = commandLine()
  const refused = await serve(line, '--host', '[2001:db8::1]')
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^2001:db8::1 is no address/) })
  await line.run('settings', 'set', 'endpoint-host', '[::1]')
  expect(await line.json('settings', 'list')).toMatchObject({ 'endpoint-host': '::1' })
})

test('a certificate that is missing, none, or without its key is said in one line', async () => {
  const line = commandLine()
  const text = line.write('text.pem', 'text')
  expect(await serve(line, '--tls-cert', text)).toMatchObject({ exitCode: 2, stderr: oneLine('--tls-key') })
  expect(await serve(line, '--tls-cert', text, '--tls-key', text)).toMatchObject({
    exitCode: 1,
    stderr: oneLine('PEM'),
  })
  const none = line.path('none.pem')
  expect(await serve(line, '--tls-cert', none, '--tls-key', none)).toMatchObject({
    exitCode: 1,
    stderr: oneLine('exist'),
  })
})

test('a database of a newer version and a damaged one are said in one line and left alone', async () => {
  const line = await commandLineWithIntegration()
  const database = new Database(`${line.dataDir}/rollcall.db`)
  database.pragma('user_version = 999')
  database.close()
  expect(await serve(line)).toMatchObject({ exitCode: 1, stdout: '', stderr: oneLine('newer') })
  line.damageDatabase()
  expect(await serve(line)).toMatchObject({ exitCode: 1, stdout: '', stderr: oneLine('damaged') })
})

test('a data directory that is a file, or that may not be written, is said in one line', async () => {
  const line = commandLine()
  rmdirSync(line.dataDir)
  line.write('data', 'a file')
  expect(await serve(line)).toMatchObject({ exitCode: 1, stdout: '', stderr: oneLine('data') })
  if (process.getuid?.() === 0) return // nothing is forbidden to root
  const locked = commandLine()
  chmodSync(locked.dataDir, 0o500)
  expect(await serve(locked)).toMatchObject({ exitCode: 1, stdout: '', stderr: oneLine('write') })
})

const root = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
const asNobody = (...args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], { ...nobody, encoding: 'utf8', env: { HOME: '/' } })

test.skipIf(!root)('root is told that a data directory is another user’s (needs root)', async () => {
  const line = commandLine()
  chownSync(line.dataDir, nobody.uid, nobody.gid)
  const made = await line.run('integrations', 'create', '--name', 'A', '--idp', 'generic', '--vault', 'file')
  expect(made).toMatchObject({ exitCode: 0, stderr: oneLine('belongs to another user .uid 65534.') })
  expect((await line.run('integrations', 'list')).stderr).toBe('')
})

/** Whether others may pass through the folder of temporary files. */
const isOpenToAll = () => spawnSync('test', ['-x', tmpdir()], nobody).status === 0

// The checkout, too, may be in a folder that is closed to everybody else.
test.skipIf(!root || asNobody('--version').status !== 0 || !isOpenToAll())(
  'who cannot open the files of another user is told whose they are (needs root)',
  async () => {
    const line = await commandLineWithIntegration()
    chmodSync(dirname(line.dataDir), 0o755)
    chownSync(line.dataDir, nobody.uid, nobody.gid)
    for (const args of [
      ['serve', '--port', '0', '--console-port', '0'],
      ['integrations', 'list'],
    ])
      expect(asNobody(...args, '--data-dir', line.dataDir)).toMatchObject({
        status: 1,
        stderr: oneLine('rollcall.db cannot be written. It belongs to another user .uid 0.'),
      })
  },
)

test('a second server may share the data directory; after a kill the next one starts', async () => {
  const first = await startServer()
  const second = await startServer({ on: first })
  expect((await second.scim.get('/Users')).status).toBe(200)
  // What commands print is where the first one serves, which goes on when the second ends.
  expect(await second.rollcall('integrations', 'list')).toMatchObject([
    { scimUrl: expect.stringContaining(first.root) },
  ])
  await second.stop()
  await first.kill()
  const next = await startServer({ on: first })
  expect((await next.scim.get('/Users')).status).toBe(200)
  await next.stop()
  await first.stop()
})

test.each([
  ['--port', '70000'],
  ['--port', 'x'],
  ['--rate-limit', '0'],
  ['--public-url', 'nowhere'],
  // an empty host would be every address of the machine
  ['--host', ''],
  ['--host', ' '],
  ['--console-host', ''],
  ['--tls-cert', ''],
])('%s "%s" is wrong usage', async (option, value) => {
  expect((await serve(commandLine(), option, value)).exitCode).toBe(2)
})

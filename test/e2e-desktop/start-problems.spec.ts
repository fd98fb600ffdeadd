import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { runJsonCommand } from '../command-line.ts'
import { startConsole } from '../e2e/console.ts'
import { expect, test, type Desktop } from './desktop.ts'

/** Waits for the box that says why the app cannot start, and returns its one line. */
async function problemOf({ controls }: Desktop): Promise<string> {
  await expect.poll(() => controls.boxes(), { timeout: 20_000 }).toHaveLength(1)
  const [box] = await controls.boxes()
  expect(box).toMatchObject({ message: 'Rollcall cannot start', buttons: ['Try again', 'Quit'] })
  expect(box?.detail).not.toContain('\n')
  return box?.detail ?? ''
}

function write(dataDir: string, sql: string): void {
  const database = new Database(join(dataDir, 'rollcall.db'))
  database.exec(sql)
  database.close()
}

test('a port that is taken is said, and tried again when the person has freed it', async ({ launch }) => {
  const other = createServer()
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  const desktop = await launch({ args: ['--vault', 'file', '--port', String(port)] })
  expect(await problemOf(desktop)).toBe(
    `Port ${port} on 127.0.0.1 is in use by another program. Choose another port, or stop that program. Rollcall takes another address by --host and --port.`,
  )
  expect(await desktop.controls.windows()).toEqual([])
  await desktop.controls.pressButton('Try again')
  expect(await problemOf(desktop)).toContain(`Port ${port}`)
  await new Promise((resolve) => {
    other.close(resolve)
  })
  await desktop.controls.pressButton('Try again')
  await expect((await desktop.page()).getByText('Listening')).toBeVisible()
})

test('a data directory that another server works on is said, and giving up ends the app', async ({ launch }) => {
  const server = await startConsole()
  try {
    const desktop = await launch({ dataDir: server.dataDir })
    expect(await problemOf(desktop)).toContain(`Rollcall is running on ${server.dataDir} already (process `)
    await desktop.controls.pressButton('Quit')
    expect(await desktop.exited).toEqual({ code: 1, signal: null })
    expect((await fetch(`${server.scim}/v2/Users`)).status).toBe(401)
  } finally {
    await server.stop()
  }
})

test('a database of a newer version is said, and left alone', async ({ launch, dataDir }) => {
  await runJsonCommand(dataDir, ['integrations', 'create', '--name', 'Okta', '--idp', 'okta', '--vault', 'file'])
  write(dataDir, 'pragma user_version = 999')
  const desktop = await launch()
  expect(await problemOf(desktop)).toMatch(/was written by a newer version of Rollcall.* Install the newer version\.$/)
  await desktop.controls.pressButton('Quit')
  expect(await desktop.exited).toEqual({ code: 1, signal: null })
})

test('a keychain that cannot be opened is said, and no other vault is taken instead', async ({ launch, dataDir }) => {
  await runJsonCommand(dataDir, ['integrations', 'create', '--name', 'Okta', '--idp', 'okta', '--vault', 'file'])
  write(dataDir, "update settings set value = 'keychain' where name = 'vault_kind'")
  const desktop = await launch({
    args: ['--port', '0'],
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', DISPLAY: '' },
  })
  expect(await problemOf(desktop)).toMatch(/keychain|session bus/i)
  await desktop.controls.pressButton('Quit')
  expect((await desktop.exited).code).toBe(1)
})

test('a signal ends an app that waits for an answer', async ({ launch, dataDir }) => {
  await runJsonCommand(dataDir, ['integrations', 'create', '--name', 'Okta', '--idp', 'okta', '--vault', 'file'])
  write(dataDir, 'pragma user_version = 999')
  const desktop = await launch()
  await problemOf(desktop)
  desktop.kill('SIGTERM')
  expect(await desktop.exited).toEqual({ code: 0, signal: null })
})

test('an option that is wrong is said in one line, and the exit status is 2', async ({ launch }) => {
  const desktop = await launch({ args: ['--port', 'many'] })
  expect(await desktop.exited).toEqual({ code: 2, signal: null })
  expect(desktop.stderr()).toBe(
    '--port is a number from 0 to 65535.\n[box] Rollcall cannot start: --port is a number from 0 to 65535.\n',
  )
})

test('a data directory that cannot be made is said in one line', async ({ launch, dataDir }) => {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'file'), '')
  const desktop = await launch({ dataDir: join(dataDir, 'file') })
  expect(await desktop.exited).toEqual({ code: 1, signal: null })
  expect(desktop.stderr()).toContain('cannot be opened. Check the path and its permissions.')
})

test('a data directory where the system makes none is said in one line', async ({ launch }) => {
  test.skip(process.platform !== 'linux', 'There is no /proc.')
  const desktop = await launch({ dataDir: '/proc/rollcall/data' })
  expect(await desktop.exited).toEqual({ code: 1, signal: null })
  expect(desktop.stderr()).toContain('cannot be opened. Check the path and its permissions.')
})

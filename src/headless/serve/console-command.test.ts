import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { program } from '../../../test/command-line.ts'
import { prepareDataDirectory, startServer } from '../../../test/server.ts'
import { commandLine } from '../command.fixture.ts'

const Link = z.object({ console: z.string() })

/** Runs a command with something on its standard input. */
function runWithInput(dataDir: string, args: readonly string[], input: string): Promise<number> {
  const child = spawn(process.execPath, [program, ...args, '--data-dir', dataDir], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? -1))
  })
}

async function signIn(link: string): Promise<number> {
  const url = new URL(link)
  const answer = await fetch(`${url.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url.origin },
    body: JSON.stringify({ key: url.hash.slice('#k='.length) }),
  })
  return answer.status
}

test('serve prints an address that opens the console once, and "console url" another one', async () => {
  const server = await startServer()
  onTestFinished(() => server.stop())
  expect(server.consoleLink).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#k=[\w-]{43}$/)
  expect(await signIn(server.consoleLink ?? '')).toBe(200)
  expect(await signIn(server.consoleLink ?? '')).toBe(401)
  const { console: link } = Link.parse(await server.rollcall('console', 'url'))
  expect(await signIn(link)).toBe(200)
  const sessions = z
    .array(z.object({ id: z.number(), by: z.string() }))
    .parse(await server.rollcall('console', 'sessions'))
  expect(sessions).toMatchObject([{ by: 'key' }, { by: 'key' }])
  expect(await server.rollcall('console', 'sign-out', String(sessions[0]?.id))).toEqual({ ended: 1 })
  expect(await server.rollcall('console', 'sign-out', 'all', '--yes')).toEqual({ ended: 1 })
})

test('"console url" says in one line that no server runs', async () => {
  const refused = await commandLine().run('console', 'url', '--vault', 'file')
  expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/^No server[^\n]*\n$/) })
})

test('"console url" prints the address of a console that is served, not of one that was', async () => {
  const first = await startServer()
  onTestFinished(() => first.stop())
  const originOf = async () => new URL(Link.parse(await first.rollcall('console', 'url')).console).origin
  const origin = await originOf()
  const second = await startServer({ on: first })
  expect(await originOf()).toBe(origin)
  await second.stop()
  expect(await originOf()).toBe(origin)
})

test('"console url" says so when the server that runs has no console, and the one before had', async () => {
  const { dataDir, integration } = await prepareDataDirectory()
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  const on = { dataDir, integration }
  await (await startServer({ on })).stop()
  const server = await startServer({ on, args: ['--no-console'] })
  onTestFinished(() => server.stop())
  await expect(server.rollcall('console', 'url')).rejects.toThrow('No server with a console')
})

test('--no-console serves SCIM alone', async () => {
  const server = await startServer({ args: ['--no-console'] })
  onTestFinished(() => server.stop())
  expect(server.consoleLink).toBeNull()
  expect((await server.scim.get('/Users')).status).toBe(200)
})

test('a host in capitals is the one in small letters', async () => {
  const server = await startServer({ args: ['--host', 'LOCALHOST', '--console-host', 'LocalHost'] })
  onTestFinished(() => server.stop())
  expect(server.root).toMatch(/^http:\/\/localhost:/)
  expect(server.consoleLink).toMatch(/^http:\/\/localhost:\d+\/#k=/)
  expect((await fetch(new URL('/', server.consoleLink ?? ''))).status).toBe(200)
})

test('a console beyond this machine needs TLS and a password', async () => {
  const line = commandLine()
  const serve = ['serve', '--vault', 'file', '--port', '0', '--console-port', '0', '--console-host', '0.0.0.0']
  expect(await line.run(...serve)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('TLS') })
  expect(await runWithInput(line.dataDir, ['console', 'password', '--vault', 'file'], 'too short\n')).toBe(2)
  const tooLong = `${'x'.repeat(1001)}\n`
  expect(await runWithInput(line.dataDir, ['console', 'password', '--vault', 'file'], tooLong)).toBe(2)
  expect(await runWithInput(line.dataDir, ['console', 'password', '--vault', 'file'], 'correct horse battery\n')).toBe(
    0,
  )
  expect(await line.run(...serve)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('TLS') })
  expect(await line.json('console', 'password', '--remove')).toEqual({ passwordSetAt: null })
})

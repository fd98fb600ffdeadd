import { createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { Secret } from '../secret.ts'
import { runCheck } from './check/run-check.ts'
import { startFaultyEndpoint } from './faulty-endpoint.fixture.ts'
import { createOutagePatience } from './patient-client.ts'
import { runSimulation } from './simulation/run-simulation.ts'
import { createScimClient } from './scim-client.ts'
import { UnusableEndpoint } from './unusable-endpoint.ts'

const settings = (url: string) => ({
  url,
  token: new Secret('secret-token'),
  signal: new AbortController().signal,
  timeoutMs: 50,
  progress: () => undefined,
})
const list = JSON.stringify({ totalResults: 0, Resources: [] })

test('a simulation does not wait for ever, and ends when nothing answers any more', async () => {
  const mute = await startFaultyEndpoint('', () => 'silence')
  const simulated = { idp: 'okta', users: 20, groups: 2, seed: 1, keep: false } as const
  const report = await runSimulation({ ...settings(mute.url), ...simulated })
  expect(report).toMatchObject({ outcome: 'stopped at the connection test', leftBehind: [] })
  expect(report.problems[0]?.seen).toContain('did not answer within 0.05 seconds')
  let answered = 0
  const dying = await startFaultyEndpoint('', () => {
    answered += 1
    return answered > 4 ? 'silence' : { status: 200, text: list }
  })
  expect(await runSimulation({ ...settings(dying.url), ...simulated })).toMatchObject({ outcome: 'endpoint silent' })
  // Not each of the twenty was tried.
  expect(dying.seen.length).toBeLessThan(20)
})

test('a check refuses a mute endpoint, and leaves the rest out when one falls silent', async () => {
  const mute = await startFaultyEndpoint('', () => 'silence')
  await expect(runCheck({ ...settings(mute.url), marker: 'check-1' })).rejects.toThrow(UnusableEndpoint)
  let first = true
  const dying = await startFaultyEndpoint('', () => {
    if (!first) return 'silence'
    first = false
    return { status: 200, text: list }
  })
  const report = await runCheck({ ...settings(dying.url), marker: 'check-1' })
  const verdicts = report.groups.flatMap((each) => each.results).map((each) => each.verdict)
  expect(verdicts.filter((each) => each.outcome === 'failed')).toHaveLength(3)
  expect(verdicts.at(-1)).toEqual({ outcome: 'skipped', reason: 'the endpoint does not answer any more' })
})

test('a check does not wait for an endpoint that is out of service and asks for a minute, and says so', async () => {
  const out = await startFaultyEndpoint('', () => ({ status: 503, headers: { 'retry-after': '60' } }))
  await expect(runCheck({ ...settings(out.url), timeoutMs: 30_000, marker: 'check-1' })).rejects.toThrow(
    /out of service at present \(status 503.*tried again in 60 s/,
  )
  expect(out.seen).toHaveLength(1)
})

test('a check waits for an endpoint that is out of service for a moment', async () => {
  let asked = 0
  const late = await startFaultyEndpoint('', () => {
    asked += 1
    if (asked <= 2) return { status: 503, headers: { 'retry-after': '0' } }
    return { status: 200, text: asked === 3 ? list : '{}' }
  })
  expect(await runCheck({ ...settings(late.url), timeoutMs: 30_000, marker: 'check-1' })).toMatchObject({
    interrupted: false,
  })
})

test('one outage is waited for once, until something else is answered', () => {
  const patience = createOutagePatience(60_000)
  expect([patience.allows(60_000), patience.allows(1000)]).toEqual([true, false])
  patience.renew()
  expect(patience.allows(60_000)).toBe(true)
})

test('an answer without end is not read to its end, and nothing that is shown holds the token', async () => {
  const { url } = await startFaultyEndpoint('', ({ path, headers }) =>
    path === '/long'
      ? { status: 200, text: 'x'.repeat(5000) }
      : { status: 200, text: `"${headers.authorization ?? ''}"` },
  )
  const client = createScimClient({ baseUrl: url, token: new Secret('secret-token'), connections: 1, mostBytes: 1000 })
  const long = await client.send({ method: 'GET', path: '/long' })
  expect(long).toMatchObject({ answer: undefined, problem: expect.stringContaining('not read') })
  const echo = await client.send({ method: 'POST', path: '/?t=secret-token', body: 'secret-token' })
  expect(JSON.stringify(echo)).not.toContain('secret-token')
  expect(echo.answer?.text).toBe('"Bearer [token]"')
  client.close()
})

/** A server that speaks HTTP as it is told, connection by connection. */
async function startRawServer(speak: (socket: Socket, request: string) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('data', (piece: Buffer) => speak(socket, piece.toString()))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    for (const each of sockets) each.destroy()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

test('a compressed answer is read, and one that breaks off is no answer', async () => {
  const packed = gzipSync('{"totalResults":0}')
  const url = await startRawServer((socket, request) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`)
    if (request.includes('/whole')) socket.write(packed)
    else socket.end(packed.subarray(0, 12))
  })
  const client = createScimClient({ baseUrl: url, token: new Secret('secret-token'), connections: 1 })
  expect((await client.send({ method: 'GET', path: '/whole' })).answer?.body).toEqual({ totalResults: 0 })
  const broken = await client.send({ method: 'GET', path: '/broken' })
  expect(broken).toMatchObject({ answer: undefined, problem: expect.stringContaining('cut the connection off') })
  client.close()
})

test('a connection that was closed meanwhile is no failure of the endpoint', async () => {
  const served = new WeakSet<Socket>()
  const url = await startRawServer((socket) => {
    if (served.has(socket)) return socket.resetAndDestroy()
    served.add(socket)
    return socket.write('HTTP/1.1 204 No Content\r\n\r\n')
  })
  const client = createScimClient({ baseUrl: url, token: new Secret('secret-token'), connections: 1 })
  for (const path of ['/first', '/second', '/third'])
    expect((await client.send({ method: 'GET', path })).answer?.status).toBe(204)
  client.close()
})

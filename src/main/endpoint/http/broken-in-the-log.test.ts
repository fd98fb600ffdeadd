import { once } from 'node:events'
import { connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { duplexPair } from 'node:stream'
import { connect, type ConnectionOptions } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { openRawConnection } from '../../../../test/fuzz/raw-connection.ts'
import type { JournalDetail } from '../../journal/journal-entry.ts'
import { openJournalReader } from '../../journal/search/journal-reader.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'
import { hasOpenssl } from '../../../../test/certificate.ts'
import { selfMadeCertificate } from '../../tls/self-made-certificate.fixture.ts'
import { userSchemaUrn } from '../../../scim/urn.ts'
import { journalFileName } from '../../store/file/database-file-names.ts'

/** The log, oldest first, as soon as it has so many entries. */
async function logOf({ dataDir }: RunningEngine, entries: number): Promise<readonly JournalDetail[]> {
  const reader = openJournalReader(join(dataDir, journalFileName))
  onTestFinished(() => reader.close())
  const ids = Array.from({ length: entries }, (_, at) => at + 1)
  return eventually(
    () => Promise.resolve(ids.flatMap((id) => reader.get(id) ?? [])),
    (found) => found.length >= entries,
    20_000,
  )
}

async function sendRaw({ port }: RunningEngine, bytes: string | Buffer): Promise<void> {
  const connection = openRawConnection(port)
  onTestFinished(() => connection.close())
  connection.write(bytes)
  await connection.answer(5000)
}

/** The first thing that a TLS client says. */
async function greeting(options: ConnectionOptions = {}): Promise<Buffer> {
  const [ours, theirs] = duplexPair()
  connect({ socket: ours, ...options }).on('error', () => undefined)
  const [bytes]: unknown[] = await once(theirs, 'data')
  if (!Buffer.isBuffer(bytes)) throw new Error('the client said nothing')
  return bytes
}

/** A client that answers the server's greeting with an alert (RFC 8446 §6.2) and goes. */
async function refuseWith({ port }: RunningEngine, alert: number): Promise<void> {
  const socket = connectPlain(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(await greeting())
  await once(socket, 'data')
  socket.end(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, alert]))
}

test.each([
  ['hello\r\n\r\n', 400, 'not HTTP (no request)', '', ''],
  [
    'FOO /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n',
    501,
    'refused: unknown method',
    'FOO',
    '/scim/entra/v2/Users',
  ],
  ['CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', 501, 'refused: unknown method', 'CONNECT', 'example.com:443'],
  ['PROXY TCP4 192.0.2.1 192.0.2.2 5 6\r\nGET / HTTP/1.1\r\n\r\n', 400, 'PROXY protocol (no request)', '', ''],
  ['\r\n\r\n\0\r\nQUIT\n!\x11\0\f', 400, 'PROXY protocol (no request)', '', ''],
  ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'HTTP/2 (no request)', '', ''],
  [
    `GET /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(9000)}\r\n\r\n`,
    431,
    'refused: headers too large',
    'GET',
    '/scim/entra/v2/Users',
  ],
  [
    'GET /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\n\r\n',
    417,
    'refused: unknown expectation',
    'GET',
    '/scim/entra/v2/Users',
  ],
  [
    'GET /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer rc_1\n\r\n\r\n',
    400,
    'refused: header not valid',
    'GET',
    '/scim/entra/v2/Users',
  ],
  [
    'POST /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'refused: length not valid',
    'POST',
    '/scim/entra/v2/Users',
  ],
  [
    'GET /scim/v2/Users?filter=userName eq "x%20y" HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
    'refused: URL not encoded',
    'GET',
    '/scim/v2/Users?filter=userName%20eq%20%22x%20y%22',
  ],
  [
    'GET /scim/v2/Users/zoë HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
    'refused: URL not encoded',
    'GET',
    '/scim/v2/Users/zo%C3%AB',
  ],
  ['GET /scim/entra/v2/Users HTTP/1.1\r\n\r\n', 400, 'refused: no Host header', 'GET', '/scim/entra/v2/Users'],
  [
    'GET /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n',
    400,
    'refused: several Host headers',
    'GET',
    '/scim/entra/v2/Users',
  ],
  [
    'GET /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer rc_1\r\nAuthorization: Basic rc_2\r\n\r\n',
    400,
    'refused: several Authorization headers',
    'GET',
    '/scim/entra/v2/Users',
  ],
])('%j is in the log with its answer and why', async (bytes, status, classification, method, target) => {
  const running = await startEngine({ limits: { headerBytes: 8192 } })
  await sendRaw(running, bytes)
  const [entry] = await logOf(running, 1)
  expect(entry).toMatchObject({ status, classification, method, target, remoteAddress: '127.0.0.1' })
  expect(entry?.content?.trace.map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(/^[A-Z].*\.$/),
    `The answer was ${status}.`,
  ])
  expect(JSON.parse(entry?.content?.responseBody ?? '')).toMatchObject({ status: String(status) })
})

test('TLS on a port without it is told as that', async () => {
  const running = await startEngine()
  await sendRaw(running, await greeting())
  const [entry] = await logOf(running, 1)
  expect(entry).toMatchObject({ status: 400, classification: 'TLS on a port without it (no request)' })
})

test('a secret in headers that could not be read is not kept', async () => {
  const running = await startEngine()
  await sendRaw(
    running,
    `FOO /scim/entra/v2/Users?password=hunter2 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\n\r\n`,
  )
  const [entry] = await logOf(running, 1)
  expect(JSON.stringify(entry)).not.toContain(running.token)
  expect(JSON.stringify(entry)).not.toContain('hunter2')
})

test('headers that do not arrive in time are told; a connection on which nothing is asked yet is kept', async () => {
  const running = await startEngine({ limits: { headersTimeoutMs: 200, requestTimeoutMs: 400 } })
  const idle = openRawConnection(running.port)
  onTestFinished(() => idle.close())
  await sendRaw(running, 'GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n')
  idle.write(`GET /scim/${running.slug}/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\n\r\n`)
  expect(await idle.answer(8000)).toMatchObject({ status: 200 })
  const log = await logOf(running, 2)
  expect(log.map(({ classification }) => classification)).toEqual(['refused: not in time', 'list users (page)'])
})

test('a body that breaks off is told once, by its request', async () => {
  const running = await startEngine()
  const head = `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\n`
  await sendRaw(running, `${head}Transfer-Encoding: chunked\r\n\r\nnot-a-length\r\n`)
  await running.scim.get('/Users')
  const log = await logOf(running, 2)
  expect(log.map(({ classification }) => classification).toSorted()).toEqual([
    'create user (invalid)',
    'list users (page)',
  ])
})

/** A user with a letter of two bytes, and a length that counts it as one. */
function miscounted({ token }: RunningEngine): { readonly head: string; readonly body: string } {
  const body = JSON.stringify({ schemas: [userSchemaUrn], userName: 'zoë@example.com' })
  const head = `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n`
  return { head, body }
}

test.each(['at once', 'behind its head'])(
  'a body longer than its Content-Length, sent %s, leaves the request its own answer, and the log says why',
  async (how) => {
    const running = await startEngine()
    const { head, body } = miscounted(running)
    const connection = openRawConnection(running.port)
    onTestFinished(() => connection.close())
    if (how === 'at once') connection.write(head + body)
    else {
      connection.write(head)
      await running.scim.get('/Groups')
      connection.write(body)
    }
    const answer = await connection.answer(5000)
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('not valid JSON') })
    expect(await connection.answer(5000)).toBe('closed')
    const log = await logOf(running, how === 'at once' ? 2 : 3)
    const stray = log.find(({ classification }) => classification === 'more than the request said (no request)')
    expect(stray).toMatchObject({ status: 0, method: '', target: '' })
    expect(stray?.content?.trace.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/Content-Length is missing, or smaller than its body.* bytes/),
    ])
  },
)

test('what comes late behind a request that was answered is refused as that', async () => {
  const running = await startEngine()
  const connection = openRawConnection(running.port)
  onTestFinished(() => connection.close())
  connection.write(`GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\n\r\n`)
  expect(await connection.answer(5000)).toMatchObject({ status: 200 })
  connection.write('"}')
  expect(await connection.answer(5000)).toMatchObject({ status: 400, body: expect.stringContaining('bytes') })
  const log = await logOf(running, 2)
  expect(log.at(-1)).toMatchObject({ status: 400, classification: 'more than the request said (no request)' })
})

test('what repeats itself is told once a minute', async () => {
  const running = await startEngine()
  for (const bytes of ['one\r\n\r\n', 'two\r\n\r\n']) await sendRaw(running, bytes)
  await running.scim.get('/Users')
  running.later(61_000)
  await sendRaw(running, 'three\r\n\r\n')
  const log = await logOf(running, 3)
  expect(log.map(({ classification }) => classification)).toEqual([
    'not HTTP (no request)',
    'list users (page)',
    'not HTTP (no request)',
  ])
})

test('nobody makes an integration look ill by broken requests to its URL', async () => {
  const running = await startEngine()
  await running.scim.get('/Users')
  running.later(10_000)
  await sendRaw(running, `GET /scim/${running.slug}/v2/Users HTTP/1.1\r\n\r\n`)
  const [first] = await logOf(running, 2)
  expect(running.engine.provisioning.statusOf(running.slug, 1)?.lastRequestAt).toBe(first?.at)
})

describe.skipIf(!hasOpenssl)('TLS (needs openssl)', () => {
  test.each([
    ['of a CA that it does not know', 48],
    ['that it takes for bad', 42],
    ['that has expired', 45],
    ['that it does not accept for other reasons', 46],
  ])('a client that breaks off for a certificate %s is in the log, without an answer', async (_, alert) => {
    const running = await startEngine({ tls: selfMadeCertificate() })
    await refuseWith(running, alert)
    const [entry] = await logOf(running, 1)
    expect(entry).toMatchObject({ status: 0, method: '', classification: 'certificate not trusted (no request)' })
    expect(entry?.content?.trace.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('does not trust the certificate'),
    ])
  })

  test('plain HTTP on a port with TLS, and TLS before 1.2, are told as that', async () => {
    const running = await startEngine({ tls: selfMadeCertificate() })
    await fetch(`http://127.0.0.1:${running.port}/scim/v2/Users`).catch(() => undefined)
    await logOf(running, 1)
    const old = connectPlain(running.port, '127.0.0.1')
    onTestFinished(() => void old.destroy())
    old.write(await greeting({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }))
    const log = await logOf(running, 2)
    expect(log.map(({ classification }) => classification)).toEqual([
      'no TLS on a port with it (no request)',
      'TLS too old (no request)',
    ])
  })
})

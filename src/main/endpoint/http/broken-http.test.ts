import { expect, onTestFinished, test } from 'vitest'
import { errorUrn } from '../../../scim/urn.ts'
import { openRawConnection, type Outcome, type RawConnection } from '../../../../test/fuzz/raw-connection.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'

function connectionTo({ port }: RunningEngine): RawConnection {
  const connection = openRawConnection(port)
  onTestFinished(() => connection.close())
  return connection
}

function read(outcome: Outcome) {
  if (typeof outcome === 'string') throw new Error(`the connection was ${outcome}`)
  const body: unknown = outcome.body === '' ? undefined : JSON.parse(outcome.body)
  return { status: outcome.status, headers: Object.fromEntries(outcome.headers), body }
}

const scimShaped = (status: number) => ({
  status,
  headers: { 'content-type': expect.stringMatching(/^application\/scim\+json/), connection: 'close' },
  body: { schemas: [errorUrn], status: String(status), detail: expect.stringMatching(/\.$/) },
})

test.each([
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a TLS greeting on a plain port', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])],
  ['a length that is no number', 'POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n'],
  ['two lengths', 'POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
  [
    'a length and chunks, which is how requests are smuggled past a proxy',
    'POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['no Host (RFC 9112 §3.2)', 'GET /scim/v2/Users HTTP/1.1\r\n\r\n'],
])('%s gets a SCIM-shaped 400, and the connection is closed', async (_, bytes) => {
  const connection = connectionTo(await startEngine())
  connection.write(bytes)
  expect(read(await connection.answer(5000))).toMatchObject(scimShaped(400))
})

test('a method that is not known gets a SCIM-shaped 501 (RFC 9110 §9.1)', async () => {
  const connection = connectionTo(await startEngine())
  connection.write('FOO /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(read(await connection.answer(5000))).toMatchObject(scimShaped(501))
})

test('an expectation that is not offered gets a SCIM-shaped 417', async () => {
  const connection = connectionTo(await startEngine())
  connection.write('POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nContent-Length: 2\r\n\r\n{}')
  expect(read(await connection.answer(5000))).toMatchObject(scimShaped(417))
})

test('headers beyond the limit get a 431 that names it', async () => {
  const connection = connectionTo(await startEngine({ limits: { headerBytes: 8192 } }))
  connection.write(`GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(9000)}\r\n\r\n`)
  const answer = read(await connection.answer(5000))
  expect(answer).toMatchObject(scimShaped(431))
  expect(answer.body).toMatchObject({ detail: expect.stringContaining('8192') })
})

test('a request that does not arrive in time gets a 408, and others are served meanwhile', async () => {
  const running = await startEngine({ limits: { headersTimeoutMs: 200, requestTimeoutMs: 400 } })
  const slowHead = connectionTo(running)
  slowHead.write('GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n')
  const slowBody = connectionTo(running)
  slowBody.write(
    `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\nContent-Length: 100\r\n\r\n{`,
  )
  expect((await running.scim.get('/Users')).status).toBe(200)
  expect(read(await slowHead.answer(8000))).toMatchObject(scimShaped(408))
  expect(read(await slowBody.answer(8000))).toMatchObject(scimShaped(408))
  expect((await running.scim.get('/Users')).at('/totalResults')).toBe(0)
})

test('what follows an answered request does not spoil its answer', async () => {
  const running = await startEngine()
  const connection = connectionTo(running)
  connection.write(`GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\n\r\n`)
  expect(read(await connection.answer(5000)).status).toBe(200)
  connection.write('rubbish\r\n\r\n')
  expect(read(await connection.answer(5000))).toMatchObject(scimShaped(400))
})

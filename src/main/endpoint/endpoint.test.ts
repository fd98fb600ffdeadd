import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { openRawConnection } from '../../../test/fuzz/raw-connection.ts'
import type { Exchange } from '../journal/exchange.ts'
import { defaultLimits } from './endpoint-limits.ts'
import { startEndpoint } from './endpoint.ts'
import type { RequestHandler } from './handle-request.ts'
import type { Reply } from './reply.ts'

/** An endpoint whose every request is handled so. */
async function start(handle: RequestHandler, record: (exchange: Exchange) => void = () => undefined) {
  const bugs: string[] = []
  const endpoint = await startEndpoint({
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    limits: defaultLimits,
    handle,
    snapshot: { begin: () => undefined, end: () => undefined },
    record,
    recordBroken: () => undefined,
    clock: Date.now,
    room: () => undefined,
    onBug: (_id, stack) => void bugs.push(stack),
  })
  onTestFinished(() => endpoint.close())
  return {
    bugs,
    endpoint,
    get: (path: string, signal?: AbortSignal) =>
      fetch(`http://127.0.0.1:${endpoint.port}${path}`, { signal: signal ?? null }),
  }
}

// A header cannot hold a line break.
const unsendable: Reply = { status: 200, body: undefined, headers: { 'x-broken': 'a\nb' } }

test.each<[string, RequestHandler]>([
  ['at once', () => unsendable],
  ['later', () => Promise.resolve(unsendable)],
])('an answer that is there %s and cannot be sent is a bug of one request', async (_when, handle) => {
  const { bugs, get } = await start(handle)
  const answer = await get('/scim/v2/Users')
  expect(answer.status).toBe(500)
  expect(await answer.json()).toMatchObject({ status: '500' })
  expect(bugs).toEqual([expect.stringContaining('Invalid character in header')])
  expect((await get('/health')).status).toBe(200)
})

test.each<[string, RequestHandler]>([
  ['at once', () => ({ status: 200, body: '{}' })],
  ['later', () => Promise.resolve({ status: 200, body: '{}' })],
])(
  'an answer that is there %s and cannot be recorded, as a bug neither, ends its connection alone',
  async (_when, handle) => {
    const { bugs, get } = await start(handle, () => {
      throw new Error('the log takes nothing')
    })
    await get('/scim/v2/Users').catch(() => undefined)
    expect(bugs).toEqual([expect.stringContaining('takes nothing'), expect.stringContaining('takes nothing')])
    expect((await get('/health')).status).toBe(200)
  },
)

test('an answer that its client did not wait for says so in the log, with the status it would have had', async () => {
  const recorded = Promise.withResolvers<Exchange>()
  const arrived = Promise.withResolvers<void>()
  const { get } = await start(
    async ({ request }) => {
      arrived.resolve()
      await once(request.socket, 'end')
      return { status: 201, body: '{}' }
    },
    (exchange) => recorded.resolve(exchange),
  )
  const giveUp = new AbortController()
  const answer = get('/scim/v2/Users', giveUp.signal).catch(() => undefined)
  await arrived.promise
  giveUp.abort()
  expect(await answer).toBeUndefined()
  const { status, trace } = await recorded.promise
  expect(status).toBe(201)
  expect(trace).toContain('"code":"client-gone"')
})

test('a client that closes its own end behind a request still gets the answer', async () => {
  const { endpoint } = await start(async ({ request }) => {
    await once(request.socket, 'end')
    return { status: 201, body: '{}' }
  })
  const connection = openRawConnection(endpoint.port)
  onTestFinished(() => connection.close())
  connection.write('POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}')
  connection.end()
  expect(await connection.answer(5000)).toMatchObject({ status: 201, body: '{}' })
  expect(await connection.answer(5000)).toBe('closed')
})

test('a request that is on its way when the endpoint closes is answered, and told that nothing more is', async () => {
  const { endpoint } = await start(() => ({ status: 200, body: '{}' }))
  const connection = openRawConnection(endpoint.port)
  onTestFinished(() => connection.close())
  connection.write('GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await connection.answer(5000)).toMatchObject({ status: 200 })
  const closed = endpoint.close()
  connection.write('GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await connection.answer(5000)).toMatchObject({ status: 200, body: '{}' })
  expect(connection.isOpen).toBe(false)
  await closed
})

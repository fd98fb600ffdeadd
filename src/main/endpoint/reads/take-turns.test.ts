import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { openRawConnection } from '../../../../test/fuzz/raw-connection.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'
import { defaultLimits } from '../endpoint-limits.ts'
import { startEndpoint } from '../endpoint.ts'
import type { Reply } from '../reply.ts'

function requestOf({ slug, token }: RunningEngine, method: string, path: string, body = ''): string {
  const headers = `Host: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${Buffer.byteLength(body)}`
  return `${method} /scim/${slug}/v2${path} HTTP/1.1\r\n${headers}\r\n\r\n${body}`
}

/** An endpoint whose requests are kept, to be answered when the test says so. */
async function startKept() {
  const kept: ((reply: Reply) => void)[] = []
  const endpoint = await startEndpoint({
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    limits: { ...defaultLimits, drainMs: 0 },
    handle: () => new Promise((resolve) => void kept.push(resolve)),
    snapshot: { begin: () => undefined, end: () => undefined },
    record: () => undefined,
    recordBroken: () => undefined,
    clock: Date.now,
    room: () => undefined,
    onBug: () => undefined,
  })
  onTestFinished(() => endpoint.close())
  const socket = connect(endpoint.port, '127.0.0.1')
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  return { kept, socket }
}

const get = 'GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n'

test('a request that is sent behind another one, without waiting, sees what that one has changed', async () => {
  const engine = await startEngine()
  const connection = openRawConnection(engine.port)
  onTestFinished(() => connection.close())
  const names = Array.from({ length: 20 }, (_, n) => `behind-${n}`)
  connection.write(
    names
      .map(
        (userName) =>
          requestOf(engine, 'POST', '/Users', JSON.stringify({ userName })) +
          requestOf(engine, 'GET', `/Users?filter=userName%20eq%20%22${userName}%22`),
      )
      .join(''),
  )
  for (const userName of names) {
    expect(await connection.answer(5000)).toMatchObject({ status: 201 })
    expect(await connection.answer(5000)).toMatchObject({
      status: 200,
      body: expect.stringContaining(`"userName":"${userName}"`),
    })
  }
})

test('a client that asks on without reading has one answer made for it, not all', async () => {
  const { kept, socket } = await startKept()
  socket.pause()
  socket.write(get.repeat(50))
  await eventually(
    () => Promise.resolve(kept.length),
    (count) => count === 1,
  )
  // More than the system takes for a client that does not read.
  kept[0]?.({ status: 200, body: 'x'.repeat(32 * 1024 * 1024) })
  const other = connect(socket.remotePort ?? 0, '127.0.0.1')
  onTestFinished(() => void other.destroy())
  other.write(get)
  await eventually(
    () => Promise.resolve(kept.length),
    (count) => count === 2,
  )
  kept[1]?.({ status: 200, body: '{}' })
  expect(String(await once(other, 'data'))).toContain('200 OK')
  expect(kept).toHaveLength(2)
  socket.resume()
  await eventually(
    () => Promise.resolve(kept.length),
    (count) => count === 3,
  )
})

test('a client that sends hundreds of requests without reading an answer loses its connection', async () => {
  const { kept, socket } = await startKept()
  socket.write(get.repeat(300))
  await once(socket, 'close')
  expect(kept).toHaveLength(1)
})

test('nothing is carried out behind an answer that closed the connection', async () => {
  const { kept, socket } = await startKept()
  socket.write(get + get)
  await eventually(
    () => Promise.resolve(kept.length),
    (count) => count === 1,
  )
  kept[0]?.({ status: 200, body: '{}', headers: { connection: 'close' } })
  socket.resume()
  await once(socket, 'close')
  expect(kept).toHaveLength(1)
})

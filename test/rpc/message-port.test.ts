import { MessageChannel } from 'node:worker_threads'
import { RPCLink } from '@orpc/client/message-port'
import { expect, test } from 'vitest'
import { startApi } from '../../src/main/api/api.fixture.ts'
import { serveApiOnPort } from '../../src/main/api/port-transport.ts'
import { createConnection, Disconnected, type Connection, type LiveLink } from '../../src/renderer/rpc/connection.ts'
import { eventually } from '../eventually.ts'

interface Ends {
  readonly connection: Connection
  /** How often the page has asked for a port. */
  opened(): number
  /** Cuts the present port, as the end of the engine does. */
  cut(): void
}

async function connect(): Promise<Ends & Awaited<ReturnType<typeof startApi>>> {
  const running = await startApi()
  let opened = 0
  let cut = () => undefined as void
  const connection = createConnection(() => {
    opened += 1
    const { port1, port2 } = new MessageChannel()
    serveApiOnPort(port2, running.parts)
    port2.start()
    port1.start()
    cut = () => port2.close()
    const closed = new Promise<void>((resolve) => {
      port1.on('close', () => resolve())
    })
    const live: LiveLink = { link: new RPCLink({ port: port1 }), closed, close: () => port1.close() }
    return Promise.resolve(live)
  })
  return { ...running, connection, opened: () => opened, cut: () => cut() }
}

test('the same contract works over a MessagePort', async () => {
  const { connection, slug } = await connect()
  expect((await connection.engine.integrations.list()).map((each) => each.slug)).toEqual([slug])
  await expect(connection.engine.integrations.get({ slug: 'nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a stream goes over it, and ends with the caller', async () => {
  const { connection, scim } = await connect()
  const gone = new AbortController()
  const subscription = crypto.randomUUID()
  const stream = await connection.engine.requests.follow({ subscription, after: 0 }, { signal: gone.signal })
  await scim.get('/Users')
  expect((await stream.next()).value).toMatchObject({ seq: 1, items: [{ method: 'GET' }] })
  gone.abort()
  await expect(stream.next()).rejects.toThrow(/./)
})

test('a call on a port that dies is rejected, and the next one goes over a new port', async () => {
  const { connection, opened, cut, engine } = await connect()
  expect((await connection.engine.system.status()).endpoint.state).toBe('listening')
  const hold = Promise.withResolvers<never>()
  Object.assign(engine, { vault: () => hold.promise })
  const hanging = connection.engine.system.status()
  cut()
  await expect(hanging).rejects.toThrow(Disconnected)
  await eventually(
    () => Promise.resolve(opened()),
    (count) => count === 2,
    5000,
  )
  expect((await connection.engine.settings.list()).map(({ name }) => name)).toContain('public-url')
})

test.each([['no JSON'], [42], [{ json: {} }], [new Uint8Array([1, 2, 3])]])(
  'what is no call, like %j, closes the port and harms nothing else',
  async (message) => {
    const { parts, bugs, api } = await startApi()
    const { port1, port2 } = new MessageChannel()
    const closed = new Promise<void>((resolve) => {
      port1.on('close', () => resolve())
    })
    serveApiOnPort(port2, parts)
    port2.start()
    port1.postMessage(message)
    await closed
    expect(bugs).toHaveLength(1)
    expect((await api.system.status()).endpoint.state).toBe('listening')
  },
)

import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { readBody } from './request-body.ts'

const server = createServer()

afterEach(() => server.close())

it('is refused, and nobody waits for it, when the connection was broken off before it was read', async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port }: AddressInfo = Object(server.address())
  const client = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': 20 } })
  client.on('error', () => undefined)
  client.write('half of it')
  const [received]: IncomingMessage[] = await once(server, 'request')
  if (received === undefined) throw new Error('no request')
  const closed = Promise.withResolvers<void>()
  received.on('close', closed.resolve)
  client.destroy()
  await closed.promise
  await expect(readBody(received, 1000)).rejects.toThrow('closed before the whole body')
})

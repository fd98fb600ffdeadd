import type { Server } from 'node:http'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { defaultLimits } from '../endpoint-limits.ts'
import { createBoundedServer } from './http-server.ts'

function listen(server: Server): Promise<number> {
  onTestFinished(() => void server.close())
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

test('a connection whose request came too late is closed, also where its client leaves its own end open', async () => {
  const limits = { ...defaultLimits, headersTimeoutMs: 100 }
  const server = createBoundedServer(undefined, limits, () => undefined)
  const port = await listen(server)
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  socket.write('GET /scim/v2/Us')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString()
  })
  await new Promise((resolve) => {
    socket.once('end', resolve)
  })
  expect(text).toMatch(/^HTTP\/1\.1 408 /)
  const count = promisify(server.getConnections.bind(server))
  expect(await eventually(count, (open) => open === 0, 6000)).toBe(0)
})

test('a connection whose client does not read the answer it asked for is closed', async () => {
  const server = createBoundedServer(undefined, { ...defaultLimits, stalledMs: 100 }, () => undefined)
  // More than the system takes for a client that does not read.
  server.on('request', (_request, response) => response.end(Buffer.alloc(32 * 1024 * 1024)))
  const port = await listen(server)
  const socket = connect({ port, host: '127.0.0.1' })
  onTestFinished(() => void socket.destroy())
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const count = promisify(server.getConnections.bind(server))
  await eventually(count, (open) => open === 1)
  expect(await eventually(count, (open) => open === 0, 6000)).toBe(0)
})

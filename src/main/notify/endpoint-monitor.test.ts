import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { probeHealth } from './endpoint-monitor.ts'

/** Starts it on a port of its own, until the test ends. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('a port was asked for')
  return address.port
}

/** What greets a connection with so many bytes of its own, or with none, and ends it once something came. */
const talker = (words: string) =>
  createServer((socket: Socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => (words === '' ? socket.resetAndDestroy() : socket.end(words)))
  })

test('an endpoint that answers its health path has no problem', async () => {
  const paths: (string | undefined)[] = []
  const port = await listen(
    createHttpServer((request, response) => {
      paths.push(request.url)
      response.end()
    }),
  )
  expect(await probeHealth(`http://127.0.0.1:${port}/below`)).toEqual({ problem: undefined, validTo: undefined })
  expect(paths).toEqual(['/below/health'])
})

test('one that answers otherwise is told of with its status', async () => {
  const port = await listen(
    createHttpServer((_, response) => {
      response.statusCode = 502
      response.end()
    }),
  )
  expect(await probeHealth(`http://127.0.0.1:${port}`)).toMatchObject({ problem: 'it answered 502' })
})

test('why nobody answers is said in words', async () => {
  const problem = async (url: string) => (await probeHealth(url)).problem
  const free = createServer()
  const closed = await listen(free)
  await new Promise((resolve) => free.close(resolve))
  expect(await problem(`http://127.0.0.1:${closed}`)).toBe('nothing listens there')
  expect(await problem('http://nobody.invalid')).toMatch(/^its name (?:is not known|cannot be looked up at present)$/)
  expect(await problem(`http://127.0.0.1:${await listen(talker(''))}`)).toBe(
    'the connection was cut off without an answer',
  )
  expect(await problem(`http://127.0.0.1:${await listen(talker('220 mail.example.com ESMTP\r\n'))}`)).toBe(
    'what listens there does not speak HTTP',
  )
  expect(await problem(`https://127.0.0.1:${await listen(talker('HTTP/1.1 400 Bad Request\r\n\r\n'))}`)).toBe(
    'what listens there does not speak TLS',
  )
})

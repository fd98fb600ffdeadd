import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { seededUserName } from './entra-user.ts'
import { Connection } from './connection.ts'
import type { Target } from './scim-request.ts'
import { measureWindow } from './window.ts'

let server: Server | undefined

async function listen(answer: RequestListener): Promise<Target> {
  const opened = createServer(answer)
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  const address = opened.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { name: 'fake', kind: 'scim', host: '127.0.0.1', port, basePath: '/scim', token: 't', pid: process.pid }
}

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const json = JSON.stringify

describe('a connection', () => {
  it('reads an answer that arrives in many pieces', async () => {
    const body = 'x'.repeat(300_000)
    const target = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': body.length })
      response.end(body)
    })
    const connection = new Connection(target)
    for (let time = 0; time < 3; time++) {
      const answer = await connection.exchange('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      expect(answer.status).toBe(200)
      expect(answer.body.toString()).toBe(body)
    }
    connection.close()
  })

  it('reads a chunked answer and one without a body', async () => {
    const target = await listen((request, response) => {
      if (request.url === '/none') response.writeHead(204).end()
      else {
        response.write('one, ')
        response.end('two')
      }
    })
    const connection = new Connection(target)
    const chunked = await connection.exchange('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(chunked.body.toString()).toBe('one, two')
    const empty = await connection.exchange('GET /none HTTP/1.1\r\nHost: x\r\n\r\n')
    expect([empty.status, empty.body.length]).toEqual([204, 0])
    connection.close()
  })
})

describe('a window', () => {
  const lookup = { ...lookUpUser('hit', 1), most: 20 }

  it('counts the operations and finds nothing wrong with right answers', async () => {
    const target = await listen((_request, response) => {
      response.end(json({ totalResults: 1, Resources: [{ userName: seededUserName(1) }] }))
    })
    const result = await measureWindow({ target, workload: lookup, connections: 2, seconds: 10 })
    expect(result.operations).toBe(20)
    expect(result.wrong).toEqual([])
  })

  it('reports another user than the one that was asked for', async () => {
    const target = await listen((_request, response) => {
      response.end(json({ totalResults: 1, Resources: [{ userName: 'somebody.else' }] }))
    })
    const { wrong } = await measureWindow({ target, workload: lookup, connections: 1, seconds: 10 })
    expect(wrong).toEqual(['fake W2 lookup, hit: the lookup found another user (1 times)'])
  })

  it('reports every refused request', async () => {
    const target = await listen((_request, response) => {
      response.writeHead(429).end()
    })
    const { wrong } = await measureWindow({ target, workload: lookup, connections: 1, seconds: 10 })
    expect(wrong).toEqual(['fake W2 lookup, hit: the lookup answered 429 (20 times)'])
  })

  it('ends when the server keeps closing the connection', async () => {
    const target = await listen((request) => {
      request.socket.destroy()
    })
    const endless = { ...lookup, most: Number.POSITIVE_INFINITY }
    const { wrong, operations } = await measureWindow({ target, workload: endless, connections: 1, seconds: 60 })
    expect(operations).toBe(0)
    expect(wrong.length).toBeGreaterThan(0)
  })
})

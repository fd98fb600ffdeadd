import { expect, onTestFinished, test } from 'vitest'
import { openRawConnection } from '../../../test/fuzz/raw-connection.ts'
import { user } from '../../../test/people.ts'
import { startEngine, type RunningEngine } from '../running-engine.fixture.ts'

async function raw({ port, token }: RunningEngine, method: string, target: string, ...headers: readonly string[]) {
  const connection = openRawConnection(port)
  onTestFinished(() => connection.close())
  const lines = [`${method} ${target} HTTP/1.1`, 'Host: evil.example', `Authorization: Bearer ${token}`, ...headers]
  connection.write(`${lines.join('\r\n')}\r\n\r\n`)
  const answer = await connection.answer(5000, method === 'HEAD')
  if (typeof answer === 'string') throw new Error(`the connection was ${answer}`)
  return answer
}

test('URLs in answers come from the configured public URL, whatever Host and forwarded headers say', async () => {
  const running = await startEngine({ publicUrl: 'https://scim.example.com/' })
  const created = await running.scim.post('/Users', user(), {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    forwarded: 'host=evil.example',
  })
  const expected = `https://scim.example.com/scim/${running.slug}/v2/Users/${created.textAt('/id')}`
  expect(created.headers.get('location')).toBe(expected)
  expect(created.at('/meta/location')).toBe(expected)
  const read = await raw(running, 'GET', '/scim/v2/Users', 'X-Forwarded-Host: evil.example')
  expect(read.body).not.toContain('evil.example')
})

test('an absolute target (RFC 9112 §3.2.2) is taken as its path', async () => {
  const running = await startEngine()
  const id = await running.scim.create('/Users', user())
  const answer = await raw(running, 'GET', `http://evil.example/scim/v2/Users/${id}?attributes=id`)
  expect(answer.status).toBe(200)
  expect(answer.body).not.toContain('evil.example')
  expect((await raw(running, 'GET', 'http://evil.example')).status).toBe(404)
})

test('every answer carries an X-Request-Id of its own', async () => {
  const running = await startEngine()
  const { scim, as } = running
  const id = await scim.create('/Users', user())
  const answers = [
    await scim.get('/Users'),
    await scim.get('/Users/none'),
    await scim.delete(`/Users/${id}`),
    await scim.post('/Users', '{'),
    await as('wrong').get('/Users'),
    await scim.get('/nowhere'),
  ]
  const ids = answers.map((each) => each.headers.get('x-request-id'))
  const health = await raw(running, 'GET', '/health')
  expect(new Set([...ids, health.headers.get('x-request-id')]).size).toBe(7)
  expect(ids).not.toContain(null)
  expect(health.headers.get('x-request-id')).not.toBeNull()
})

test('health needs no token and tells nothing else', async () => {
  const { port } = await startEngine()
  for (const path of ['/health', '/healthz']) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ status: 'pass' })
    expect([...answer.headers.keys()].filter((name) => /server|powered/i.test(name))).toEqual([])
  }
})

test('an idle connection is kept for longer than proxies in front keep theirs', async () => {
  const caddySeconds = 120
  const { headers } = await raw(await startEngine(), 'GET', '/health')
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(caddySeconds)
})

test('HEAD answers like GET without the body', async () => {
  const running = await startEngine()
  const id = await running.scim.create('/Users', user())
  const got = await raw(running, 'GET', `/scim/v2/Users/${id}`)
  const head = await raw(running, 'HEAD', `/scim/v2/Users/${id}`)
  expect(head).toMatchObject({ status: 200, body: '' })
  for (const name of ['etag', 'content-length', 'content-type'])
    expect(head.headers.get(name)).toBe(got.headers.get(name))
})

test.each([
  ['OPTIONS', '/Users', 'GET, HEAD, POST'],
  ['PUT', '/Users', 'GET, HEAD, POST'],
  ['POST', '/Users/1', 'GET, HEAD, PUT, PATCH, DELETE'],
  ['GET', '/.search', 'POST'],
  ['DELETE', '/Schemas', 'GET, HEAD'],
  ['TRACE', '/Users', 'GET, HEAD, POST'],
])('%s %s gets 405 and Allow: %s', async (method, path, allowed) => {
  const answer = await raw(await startEngine(), method, `/scim/v2${path}`)
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe(allowed)
})

test('OPTIONS * is told what methods there are (RFC 9110 §9.3.7), and no stranger is told anything', async () => {
  const running = await startEngine()
  const answer = await raw(running, 'OPTIONS', '*')
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE')
  expect((await raw({ ...running, token: 'wrong' }, 'OPTIONS', '*')).status).toBe(401)
  expect((await raw(running, 'GET', '*')).status).toBe(404)
})

import Database from 'better-sqlite3'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { freePort } from '../../../test/free-port.ts'
import { openRawConnection } from '../../../test/fuzz/raw-connection.ts'
import { eventually } from '../../../test/eventually.ts'
import { json, passIn, passOf, send, serve, trade, upgrade, type Served } from './console-server.fixture.ts'

test('a key is traded once for a cookie that neither scripts nor other sites get', async () => {
  const served = await serve()
  const key = await served.sessions.issueKey()
  const first = await trade(served, key)
  expect(first.status).toBe(200)
  expect(String(first.headers['set-cookie'])).toMatch(
    new RegExp(`^rollcall-${served.port}=[\\w-]{43}\\.[\\da-f]{64}; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`),
  )
  const second = await trade(served, key)
  expect(second.status).toBe(401)
  expect(second.headers['set-cookie']).toBeUndefined()
})

test('of two who bring the same key at once, one gets in', async () => {
  const served = await serve()
  const key = await served.sessions.issueKey()
  const replies = await Promise.all([trade(served, key), trade(served, key)])
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 401]))
})

test('a key that stood on a command line lets no other user of this machine in, and stays good for its owner', async () => {
  const { sessions } = await serve()
  const visitor = { userAgent: '', remoteAddress: '127.0.0.1' }
  const other = { ...visitor, isOfAnotherUser: () => true }
  const key = await sessions.issueKey('own')
  expect(await sessions.trade(key, other)).toBeUndefined()
  expect(await sessions.trade(key, visitor)).toBeDefined()
  expect(await sessions.trade(await sessions.issueKey(), other)).toBeDefined()
})

test('a key that nobody used within the hour is void', async () => {
  const served = await serve()
  const key = await served.sessions.issueKey()
  served.later(3_600_001)
  expect((await trade(served, key)).status).toBe(401)
})

test('a connection needs the cookie, our origin and our host', async () => {
  const served = await serve()
  const pass = await passOf(served)
  const { origin } = served
  const { result, socket } = await upgrade(served, { origin, ...pass })
  expect(result).toBe('open')
  socket.terminate()
  expect((await upgrade(served, { origin })).result).toBe('401')
  expect((await upgrade(served, { origin, ...pass, cookie: `${pass.cookie}x` })).result).toBe('401')
  expect((await upgrade(served, { origin: 'http://evil.example', ...pass })).result).toBe('403')
  expect((await upgrade(served, { origin: `http://127.0.0.1:${served.port + 1}`, ...pass })).result).toBe('403')
  expect((await upgrade(served, pass)).result).toBe('403')
  expect((await upgrade(served, { origin, ...pass, host: `evil.example:${served.port}` })).result).toBe('403')
  expect((await upgrade(served, { origin: 'http://evil.example', host: 'evil.example', ...pass })).result).toBe('403')
})

test('a cookie alone, which a server on another port of this host is sent, is worth nothing', async () => {
  const served = await serve()
  const { origin, port } = served
  const { cookie, ...page } = await passOf(served)
  const other = await passOf(served)
  const host = new URL(origin).host
  const about = async (headers: Record<string, string>) => {
    const reply = await send(port, 'GET', '/session', { host, ...headers })
    return {
      signedIn: JSON.parse(reply.text).signedIn,
      connection: (await upgrade(served, { origin, ...headers })).result,
    }
  }
  const nothing = { signedIn: false, connection: '401' }
  expect(await about({ cookie })).toEqual(nothing)
  expect(await about(page)).toEqual(nothing)
  expect(await about({ ...other, cookie })).toEqual(nothing)
  expect(await about({ cookie, 'x-rollcall-page': cookie.split('.')[1] ?? '' })).toEqual(nothing)
  await send(port, 'DELETE', '/session', { host, origin, cookie })
  expect(await about({ cookie, ...page })).toEqual({ signedIn: true, connection: 'open' })
})

test('a name that somebody points at this machine gets nothing', async () => {
  const served = await serve()
  for (const host of [
    'evil.example',
    `evil.example:${served.port}`,
    '127.0.0.1',
    `127.0.0.1.evil.example:${served.port}`,
  ])
    expect(await send(served.port, 'GET', '/', { host })).toMatchObject({
      status: 421,
      text: expect.stringMatching(/^The console is not served under this address\. [^:]*$/),
    })
  expect(await send(served.port, 'GET', '/users', { host: `localhost:${served.port}` })).toMatchObject({
    status: 308,
    headers: { location: served.origin },
    text: '',
  })
})

test('a write needs our origin', async () => {
  const served = await serve()
  const key = await served.sessions.issueKey()
  const { host } = new URL(served.origin)
  for (const origin of [undefined, 'http://evil.example', 'null'])
    for (const method of ['POST', 'DELETE']) {
      const headers = { ...json, host, ...(origin === undefined ? {} : { origin }) }
      const reply = await send(served.port, method, '/session', headers, JSON.stringify({ key }))
      expect(reply.status).toBe(403)
      expect(reply.headers['set-cookie']).toBeUndefined()
    }
  expect((await trade(served, key)).status).toBe(200)
})

test('every page has a strict policy with a nonce of its own, and nothing inline', async () => {
  const { origin, port } = await serve()
  const { host } = new URL(origin)
  const nonces = new Set<string>()
  for (const path of ['/', '/integrations/entra/setup/portal', '/users?q=a']) {
    const reply = await send(port, 'GET', path, { host })
    expect(reply.status).toBe(200)
    const policy = String(reply.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(reply.text).toContain(`nonce="${nonce}"`)
    nonces.add(nonce)
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  }
  expect(nonces.size).toBe(3)
})

test('an address that cannot be decoded is one of the page, which says that there is no such screen', async () => {
  const { origin, port } = await serve()
  const { host } = new URL(origin)
  for (const path of ['/%', '/users/%zz', '/assets/%', '/%c3%28?q=%']) {
    const reply = await send(port, 'GET', path, { host })
    expect(reply).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(reply.text).toContain('<p>console</p>')
  }
  expect(await send(port, 'GET', '/%', { host: 'evil.example' })).toMatchObject({
    status: 421,
    text: expect.stringMatching(/^The console is not served under this address\. [^:]*$/),
  })
})

test('assets are served, and nothing beside them', async () => {
  const { origin, port, dataDir } = await serve()
  const { host } = new URL(origin)
  expect((await send(port, 'GET', '/assets/index.js', { host })).status).toBe(200)
  for (const path of ['/assets/', '/assets/../index.html', '/assets/%2e%2e/index.html', `/assets/..${dataDir}/x.db`])
    expect((await send(port, 'GET', path, { host })).text).not.toContain('__STYLE_NONCE__')
  expect((await send(port, 'GET', '/assets/nothing.js', { host })).status).toBe(404)
})

test('a session that is ended loses its connections', async () => {
  const served = await serve()
  const pass = await passOf(served)
  const { socket } = await upgrade(served, { origin: served.origin, ...pass })
  const closed = new Promise((resolve) => {
    socket.on('close', resolve)
  })
  const [session] = served.sessions.list()
  await served.api.sessions.revoke({ id: session?.id ?? 0 })
  await closed
  expect((await upgrade(served, { origin: served.origin, ...pass })).result).toBe('401')
})

test('sessions that cannot be read for a moment end neither the server nor a connection', async () => {
  const served = await serve()
  const pass = await passOf(served)
  const { socket } = await upgrade(served, { origin: served.origin, ...pass })
  const database = new Database(join(served.dataDir, 'rollcall.db'))
  database.exec('ALTER TABLE console_sessions RENAME TO out_of_reach')
  await eventually(
    () => Promise.resolve(served.troubles.length),
    (told) => told > 0,
    5_000,
  )
  expect((await upgrade(served, { origin: served.origin, ...pass })).result).toBe('503')
  expect(socket.readyState).toBe(WebSocket.OPEN)
  database.exec('ALTER TABLE out_of_reach RENAME TO console_sessions')
  database.close()
  expect((await upgrade(served, { origin: served.origin, ...pass })).result).toBe('open')
  expect(served.troubles).toEqual([expect.stringMatching(/^console: The sessions cannot be read: [^\n]+$/)])
})

test('signing out ends the session and takes the cookie away', async () => {
  const served = await serve()
  const pass = await passOf(served)
  const headers = { host: new URL(served.origin).host, origin: served.origin, ...pass }
  const asked = async () => JSON.parse((await send(served.port, 'GET', '/session', headers)).text)
  expect(await asked()).toEqual({ signedIn: true, hasPassword: false })
  const reply = await send(served.port, 'DELETE', '/session', headers)
  expect(String(reply.headers['set-cookie'])).toContain('Max-Age=0')
  expect(await asked()).toMatchObject({ signedIn: false })
})

test('a session ends when it is not used, and lives on while it is', async () => {
  const served = await serve()
  const pass = await passOf(served)
  const day = 86_400_000
  const isOpen = async () => (await upgrade(served, { origin: served.origin, ...pass })).result === 'open'
  for (let n = 0; n < 4; n += 1) {
    served.later(6 * day)
    expect(await isOpen()).toBe(true)
    const before = served.engine.clock()
    await eventually(
      () => Promise.resolve(served.sessions.list()[0]?.last_seen_at ?? 0),
      (seen) => seen >= before - 1000,
    )
  }
  served.later(8 * day)
  expect(await isOpen()).toBe(false)
})

/** A browser: keeps the cookie as long as it was told to. */
async function browserOf(served: Served) {
  const { clock } = served.engine
  const reply = await trade(served, await served.sessions.issueKey())
  const { cookie, ...page } = passIn(reply)
  const [, age] = /Max-Age=(\d+)/.exec(String(reply.headers['set-cookie'])) ?? []
  const until = clock() + Number(age) * 1000
  const kept = () => ({ ...page, cookie: clock() < until ? cookie : '' })
  return {
    /** What the page asks when it is opened. */
    async isSignedIn(): Promise<boolean> {
      const asked = await send(served.port, 'GET', '/session', { host: new URL(served.origin).host, ...kept() })
      return JSON.parse(asked.text).signedIn === true
    },
    connect: () => upgrade(served, { origin: served.origin, ...kept() }),
  }
}

/** Waits until the use of the only session is written down. */
async function untilSeen(served: Served): Promise<void> {
  const now = served.engine.clock()
  await eventually(
    () => Promise.resolve(served.sessions.list()[0]?.last_seen_at ?? 0),
    (seen) => seen >= now - 1000,
    10_000,
  )
}

test('a browser that is used daily stays signed in for thirty days', async () => {
  const served = await serve()
  const browser = await browserOf(served)
  for (let day = 1; day < 30; day += 1) {
    served.later(86_400_000)
    expect(await browser.isSignedIn(), `day ${day}`).toBe(true)
    await untilSeen(served)
  }
  served.later(86_400_000)
  expect(await browser.isSignedIn()).toBe(false)
})

test('a browser that is not used is signed out after a week', async () => {
  const served = await serve()
  const browser = await browserOf(served)
  served.later(7 * 86_400_000)
  expect(await browser.isSignedIn()).toBe(false)
})

test('a page that stays open is use: its connection outlives the week, and so does its cookie', async () => {
  const served = await serve()
  const browser = await browserOf(served)
  const { socket } = await browser.connect()
  served.later(6 * 86_400_000)
  await untilSeen(served)
  served.later(6 * 86_400_000)
  await untilSeen(served)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  expect((await browser.connect()).result).toBe('open')
  const closed = new Promise((resolve) => {
    socket.on('close', resolve)
  })
  served.later(18 * 86_400_000)
  await closed
  expect(await browser.isSignedIn()).toBe(false)
})

test('without a password none is accepted; with one it opens, and setting it ends other sessions', async () => {
  const served = await serve()
  const headers = { ...json, host: new URL(served.origin).host, origin: served.origin }
  const attempt = (password: string) => send(served.port, 'POST', '/session', headers, JSON.stringify({ password }))
  expect((await attempt('correct horse battery')).status).toBe(401)
  await passOf(served)
  await served.api.sessions.setPassword({ password: 'correct horse battery' })
  expect(served.sessions.list()).toEqual([])
  expect((await attempt('correct horse batterY')).status).toBe(401)
  const opened = await attempt('correct horse battery')
  expect(opened.status).toBe(200)
  expect(served.sessions.list()).toMatchObject([{ signed_in_by: 'password' }])
  await served.api.sessions.removePassword()
  expect((await attempt('correct horse battery')).status).toBe(401)
})

test('whoever guesses has to wait longer each time, and the right password waits too', async () => {
  const served = await serve()
  await served.api.sessions.setPassword({ password: 'correct horse battery' })
  const headers = { ...json, host: new URL(served.origin).host, origin: served.origin }
  const attempt = (password: string) => send(served.port, 'POST', '/session', headers, JSON.stringify({ password }))
  const statuses: number[] = []
  for (let n = 0; n < 4; n += 1) statuses.push((await attempt('wrong')).status)
  // While a clock is set back nothing is waited out, however busy the machine is.
  served.later(-10_000)
  statuses.push((await attempt('wrong')).status)
  expect(statuses).toEqual([401, 401, 401, 401, 429])
  served.later(-10_000)
  const refused = await attempt('correct horse battery')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  served.later(2000)
  expect((await attempt('correct horse battery')).status).toBe(200)
})

test('whoever guesses many times at once has to wait as well', async () => {
  const served = await serve()
  await served.api.sessions.setPassword({ password: 'correct horse battery' })
  const headers = { ...json, host: new URL(served.origin).host, origin: served.origin }
  const attempt = () => send(served.port, 'POST', '/session', headers, JSON.stringify({ password: 'wrong' }))
  const replies = await Promise.all(Array.from({ length: 20 }, attempt))
  expect(replies.map(({ status }) => status)).toContain(429)
})

test('what cannot be read is refused in few words', async () => {
  const served = await serve()
  const headers = { ...json, host: new URL(served.origin).host, origin: served.origin }
  for (const body of ['', '{', '[]', '{"key":1}', '{"key":"a","password":"b"}', `{"key":"${'x'.repeat(9000)}"}`]) {
    const reply = await send(served.port, 'POST', '/session', headers, body)
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.status).toBeLessThan(500)
    expect(reply.text.length).toBeLessThan(200)
  }
  expect(served.troubles).toEqual([])
})

test('a file is fetched once, by the session that asked for it', async () => {
  const served = await serve()
  const pass = await passOf(served)
  const other = await passOf(served)
  const sessions = served.sessions.list()
  expect(sessions).toHaveLength(2)
  const { host } = new URL(served.origin)
  async function* open() {
    yield 'one,'
    yield 'two'
  }
  const file = { name: 'log "a".har', type: 'application/json', open }
  const offers = () => sessions.map(({ id }) => `/downloads/${served.engine.downloads.offer(file, id)}`)
  const paths = offers()
  for (const path of paths) expect((await send(served.port, 'GET', path, { host })).status).toBe(404)
  const fetched = async ({ cookie }: { readonly cookie: string }) => {
    const replies = []
    for (const path of paths) replies.push(await send(served.port, 'GET', path, { host, cookie }))
    return replies.filter((each) => each.status === 200)
  }
  const found = await fetched(pass)
  expect(found).toHaveLength(1)
  expect(await fetched(other)).toHaveLength(1)
  expect([...(await fetched(pass)), ...(await fetched(other))]).toEqual([])
  expect(found[0]?.text).toBe('one,two')
  expect(found[0]?.headers).toMatchObject({
    'content-disposition': 'attachment; filename="log__a_.har"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  const late = offers()
  served.later(60_001)
  for (const { cookie } of [pass, other])
    for (const path of late) expect((await send(served.port, 'GET', path, { host, cookie })).status).toBe(404)
})

test('metrics are served to scrapers, who have no session, while they are switched on', async () => {
  const served = await serve()
  const { host } = new URL(served.origin)
  expect(await send(served.port, 'GET', '/metrics', { host })).toMatchObject({ status: 404, text: '' })
  await served.parts.engine.administer('set-setting', { name: 'metrics', value: 'on' })
  const scraped = await send(served.port, 'GET', '/metrics', { host })
  expect(scraped.status).toBe(200)
  expect(scraped.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(scraped.text).toContain('rollcall_build_info')
  expect(await send(served.port, 'GET', '/metrics', { host: 'evil.example' })).toMatchObject({
    status: 421,
    text: expect.stringMatching(/^The console is not served under this address\. [^:]*$/),
  })
})

test('metrics are served at the address that the server listens on too, when browsers know the console by another', async () => {
  const port = await freePort()
  const served = await serve(undefined, { url: 'https://rollcall.example.com', port })
  await served.parts.engine.administer('set-setting', { name: 'metrics', value: 'on' })
  for (const host of ['rollcall.example.com', `127.0.0.1:${port}`, `localhost:${port}`])
    expect(await send(port, 'GET', '/metrics', { host })).toMatchObject({ status: 200 })
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:1'])
    expect(await send(port, 'GET', '/metrics', { host })).toMatchObject({ status: 421 })
  expect(await send(port, 'GET', '/', { host: `127.0.0.1:${port}` })).toMatchObject({ status: 421 })
})

test('when strangers have taken all room, the oldest of them goes, and never who has signed in', async () => {
  const served = await serve({ requestMs: 30_000, lookEveryMs: 5000, connections: 3 })
  const { origin, port } = served
  const pass = await passOf(served)
  const { socket } = await upgrade(served, { origin, ...pass })
  const strangers = Array.from({ length: 9 }, () => {
    const stranger = openRawConnection(port)
    stranger.write('GET / HTTP/1.1\r\nHo')
    onTestFinished(() => stranger.close())
    return stranger
  })
  expect(await strangers[0]?.answer(10_000)).toBe('closed')
  expect((await upgrade(served, { origin, ...pass })).result).toBe('open')
  expect(socket.readyState).toBe(WebSocket.OPEN)
  expect(await strangers[7]?.answer(10_000)).toBe('closed')
  expect(strangers[8]?.isOpen).toBe(true)
})

test('who begins a request and does not finish it is cut off', async () => {
  const { port } = await serve({ requestMs: 200, lookEveryMs: 50, connections: 2 })
  const [slow, silent] = [openRawConnection(port), openRawConnection(port)]
  onTestFinished(() => [slow, silent].forEach((each) => each.close()))
  const host = `127.0.0.1:${port}`
  slow.write(`POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\n`)
  slow.write('Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{')
  expect(await slow.answer(10_000)).toMatchObject({ status: 408 })
  silent.write('GET / HTTP/1.1\r\nHo')
  expect(await silent.answer(10_000)).toMatchObject({ status: 408 })
})

test('a connection whose upgrade was refused is closed, also where its client leaves its own end open', async () => {
  const { port } = await serve({ requestMs: 200, lookEveryMs: 50, connections: 9 })
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  let isReset = false
  socket.on('error', () => {
    isReset = true
  })
  socket.resume()
  const ended = new Promise((resolve) => {
    socket.once('end', resolve)
  })
  socket.write(`GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`)
  await ended
  const isCut = () => {
    socket.write('x')
    return Promise.resolve(isReset)
  }
  expect(await eventually(isCut, (cut) => cut, 5000)).toBe(true)
})

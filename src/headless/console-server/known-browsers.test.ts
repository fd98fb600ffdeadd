import { expect, test } from 'vitest'
import { json, passOf, send, serve, type Reply, type Served } from './console-server.fixture.ts'

const password = 'correct horse battery'

function knownBrowserIn({ headers }: Reply): string | undefined {
  const set = [headers['set-cookie'] ?? []].flat().find((each) => each.includes('-browser='))
  return set?.split(';')[0]
}

/** All who come through a proxy have its address. */
async function behindProxy() {
  const served = await serve()
  await served.api.sessions.setPassword({ password })
  return served
}

function attempt(served: Served, typed: string, cookie = ''): Promise<Reply> {
  const headers = { ...json, host: new URL(served.origin).host, origin: served.origin, cookie }
  return send(served.port, 'POST', '/session', headers, JSON.stringify({ password: typed }))
}

async function guess(served: Served, cookie = ''): Promise<number> {
  const statuses: number[] = []
  for (let n = 0; n < 4; n += 1) statuses.push((await attempt(served, 'wrong', cookie)).status)
  expect(statuses).toEqual([401, 401, 401, 401])
  // While a clock is set back nothing is waited out, however busy the machine is.
  served.later(-10_000)
  return (await attempt(served, 'wrong', cookie)).status
}

test('a browser that has signed in before gets in while strangers of the same address are slowed down', async () => {
  const served = await behindProxy()
  const first = await attempt(served, password)
  const cookie = knownBrowserIn(first)
  expect(first.headers['set-cookie']).toEqual([
    expect.stringMatching(/^rollcall-\d+=/),
    expect.stringMatching(
      /^rollcall-\d+-browser=[\w-]{22}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000$/,
    ),
  ])
  expect(await guess(served)).toBe(429)
  served.later(-10_000)
  expect((await attempt(served, password)).status).toBe(429)
  const again = await attempt(served, password, cookie)
  expect(again.status).toBe(200)
  expect(knownBrowserIn(again)).toBeUndefined()
  served.later(-10_000)
  expect((await attempt(served, 'wrong')).status).toBe(429)
})

test('a known browser is slowed down by itself, and that cookie opens nothing', async () => {
  const served = await behindProxy()
  const cookie = knownBrowserIn(await attempt(served, password)) ?? ''
  const other = knownBrowserIn(await attempt(served, password)) ?? ''
  expect(other).not.toBe(cookie)
  expect(await guess(served, cookie)).toBe(429)
  expect((await attempt(served, password, other)).status).toBe(200)
  expect((await attempt(served, password)).status).toBe(200)
  const asked = await send(served.port, 'GET', '/session', { host: new URL(served.origin).host, cookie: other })
  expect(JSON.parse(asked.text)).toMatchObject({ signedIn: false })
})

test('nobody makes up a known browser, and one of an earlier password is a stranger', async () => {
  const served = await behindProxy()
  const cookie = knownBrowserIn(await attempt(served, password)) ?? ''
  const [name = '', value = ''] = cookie.split('=')
  const [id = '', signature = ''] = value.split('.')
  expect(await guess(served)).toBe(429)
  for (const made of [id, `${id}.`, `.${signature}`, `${id}x.${signature}`, `x.x`, `${id}.${signature}${signature}`]) {
    served.later(-10_000)
    expect([made, (await attempt(served, password, `${name}=${made}`)).status]).toEqual([made, 429])
  }
  await served.api.sessions.setPassword({ password: 'another horse battery' })
  served.later(-10_000)
  expect((await attempt(served, 'another horse battery', cookie)).status).toBe(429)
})

test('a browser that came by a link is known from the next page on, once there is a password', async () => {
  const served = await serve()
  const pass = await passOf(served)
  const { host } = new URL(served.origin)
  const opened = () => send(served.port, 'GET', '/session', { host, ...pass })
  expect(knownBrowserIn(await opened())).toBeUndefined()
  await served.parts.password.set(password)
  const cookie = knownBrowserIn(await opened())
  expect(await guess(served)).toBe(429)
  expect((await attempt(served, password, cookie)).status).toBe(200)
})

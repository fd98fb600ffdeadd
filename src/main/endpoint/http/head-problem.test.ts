import { expect, onTestFinished, test } from 'vitest'
import { openRawConnection } from '../../../../test/fuzz/raw-connection.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'

async function ask({ port }: RunningEngine, ...authorizations: readonly string[]) {
  const connection = openRawConnection(port)
  onTestFinished(() => connection.close())
  const lines = ['GET /scim/v2/Users?count=1 HTTP/1.1', 'Host: x', ...authorizations]
  connection.write(`${lines.join('\r\n')}\r\n\r\n`)
  const answer = await connection.answer(5000)
  if (typeof answer === 'string') throw new Error(`the connection was ${answer}`)
  return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: JSON.parse(answer.body) }
}

test('several Authorization headers that differ are a malformed request (RFC 6750 §3.1), in whatever order, and none is tried', async () => {
  const running = await startEngine()
  const right = `Authorization: Bearer ${running.token}`
  const others = ['Authorization: Basic dXNlcjpwYXNz', 'authorization: Bearer rc_another', 'AUTHORIZATION:']
  for (const other of others)
    for (const order of [
      [right, other],
      [other, right],
    ])
      expect(await ask(running, ...order)).toEqual({
        status: 400,
        challenge: 'Bearer realm="Rollcall", error="invalid_request"',
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          status: '400',
          detail: expect.stringContaining('more than one Authorization header'),
        },
      })
})

test('an Authorization header that comes twice the same counts once', async () => {
  const running = await startEngine()
  const right = `Authorization: Bearer ${running.token}`
  expect(await ask(running, right, right.replace('A', 'a'))).toMatchObject({ status: 200 })
  expect(await ask(running, 'Authorization: Bearer x', 'Authorization: Bearer x')).toMatchObject({ status: 401 })
})

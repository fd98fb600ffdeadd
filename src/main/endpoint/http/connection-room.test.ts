import { Agent, request } from 'node:https'
import { expect, onTestFinished, test } from 'vitest'
import { openRawConnection, type RawConnection } from '../../../../test/fuzz/raw-connection.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'
import { hasOpenssl } from '../../../../test/certificate.ts'
import { selfMadeCertificate } from '../../tls/self-made-certificate.fixture.ts'

function strangerTo({ port }: RunningEngine): RawConnection {
  const connection = openRawConnection(port)
  onTestFinished(() => connection.close())
  connection.write('GET /scim/v2/Us')
  return connection
}

test('an identity provider gets in when strangers have taken all room, and stays in', async () => {
  const running = await startEngine({ limits: { connections: 2 } })
  const list = `GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\n\r\n`
  const strangers = Array.from({ length: 5 }, () => strangerTo(running))
  expect(await strangers[0]?.answer(10_000)).toBe('closed')
  const idp = openRawConnection(running.port)
  onTestFinished(() => idp.close())
  idp.write(list)
  expect(await idp.answer(10_000)).toMatchObject({ status: 200 })
  const more = Array.from({ length: 5 }, () => strangerTo(running))
  expect(await more[0]?.answer(10_000)).toBe('closed')
  idp.write(list)
  expect(await idp.answer(10_000)).toMatchObject({ status: 200 })
})

test.skipIf(!hasOpenssl)('over TLS it stays in too (needs openssl)', async () => {
  const tls = selfMadeCertificate()
  const running = await startEngine({ tls, limits: { connections: 2 } })
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: tls.cert })
  onTestFinished(() => agent.destroy())
  /** The status, and the port from which it was asked. */
  const ask = () =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${running.token}` }
      request({ host: '127.0.0.1', port: running.port, agent, path: '/scim/v2/Users', headers }, (answer) => {
        const { localPort } = answer.socket
        answer.resume()
        answer.once('end', () => resolve({ status: answer.statusCode, localPort }))
      })
        .on('error', reject)
        .end()
    })
  const first = await ask()
  expect(first).toMatchObject({ status: 200 })
  const strangers = Array.from({ length: 5 }, () => strangerTo(running))
  expect(await strangers[0]?.answer(10_000)).toBe('closed')
  expect(await ask()).toEqual(first)
})

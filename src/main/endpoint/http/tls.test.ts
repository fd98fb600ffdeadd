import { once } from 'node:events'
import { request } from 'node:https'
import { connect, type ConnectionOptions } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openRawConnection } from '../../../../test/fuzz/raw-connection.ts'
import { startEngine, type RunningEngine } from '../../running-engine.fixture.ts'
import { hasOpenssl } from '../../../../test/certificate.ts'
import { selfMadeCertificate } from '../../tls/self-made-certificate.fixture.ts'

/** The protocol agreed on, or the code of the refusal. */
function greet({ port }: RunningEngine, ca: string, options: ConnectionOptions): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca, ...options }, () => {
      resolve(socket.getProtocol())
      socket.destroy()
    })
    socket.on('error', (error) => resolve('code' in error ? String(error.code) : error.message))
  })
}

function statusOf({ port, token, slug }: RunningEngine, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    request({ host: '127.0.0.1', port, ca, path: `/scim/${slug}/v2/Users`, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe.skipIf(!hasOpenssl)('TLS (needs openssl)', () => {
  test('serves SCIM by https, and URLs say so', async () => {
    const tls = selfMadeCertificate()
    const running = await startEngine({ tls })
    expect(running.endpoint.url).toMatch(/^https:/)
    expect(running.engine.scimUrl(running.slug)).toMatch(/^https:/)
    expect(await statusOf(running, tls.cert)).toBe(200)
  })

  test('speaks TLS 1.2 and 1.3 and nothing older', async () => {
    const tls = selfMadeCertificate()
    const running = await startEngine({ tls })
    const only = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
      // An old client needs the lower security level to offer its version at all.
      greet(running, tls.cert, { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' })
    expect(await only('TLSv1.3')).toBe('TLSv1.3')
    expect(await only('TLSv1.2')).toBe('TLSv1.2')
    expect(await only('TLSv1.1')).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/)
  })

  test('a client that never ends its greeting does not keep the endpoint from closing', async () => {
    const tls = selfMadeCertificate()
    const running = await startEngine({ tls, limits: { drainMs: 200 } })
    const stranger = openRawConnection(running.port)
    onTestFinished(() => stranger.close())
    // The head of a record of TLS, behind which nothing comes.
    stranger.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]))
    // By the time that another one is answered it has come.
    expect(await statusOf(running, tls.cert)).toBe(200)
    await running.endpoint.close()
    expect(await stranger.answer(5000)).toBe('closed')
  })

  test('a connection that a proxy keeps ready does not keep the endpoint from closing', async () => {
    const tls = selfMadeCertificate()
    const running = await startEngine({ tls, limits: { drainMs: 3_600_000 } })
    const ready = connect({ host: '127.0.0.1', port: running.port, ca: tls.cert })
    onTestFinished(() => void ready.destroy())
    ready.on('error', () => undefined)
    const gone = once(ready, 'close')
    await once(ready, 'secureConnect')
    // By the time that another one is answered the server has it.
    expect(await statusOf(running, tls.cert)).toBe(200)
    await running.endpoint.close()
    ready.resume()
    await gone
  })

  test('plain HTTP on the TLS port does no harm', async () => {
    const tls = selfMadeCertificate()
    const running = await startEngine({ tls })
    await expect(fetch(`http://127.0.0.1:${running.port}/scim/v2/Users`)).rejects.toThrow('fetch failed')
    expect(await statusOf(running, tls.cert)).toBe(200)
  })
})

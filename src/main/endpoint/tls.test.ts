import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'node:https'
import { connect, type ConnectionOptions } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startEngine, type RunningEngine } from '../running-engine.fixture.ts'
import type { Tls } from './http-server.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** A certificate for 127.0.0.1 that vouches for itself. */
function selfMade(): Tls {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tls-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`
  const made = spawnSync('openssl', words.split(' '))
  if (made.status !== 0) throw new Error(made.stderr.toString())
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}

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
    const tls = selfMade()
    const running = await startEngine({ tls })
    expect(running.endpoint.url).toMatch(/^https:/)
    expect(running.engine.scimUrl(running.slug)).toMatch(/^https:/)
    expect(await statusOf(running, tls.cert)).toBe(200)
  })

  test('speaks TLS 1.2 and 1.3 and nothing older', async () => {
    const tls = selfMade()
    const running = await startEngine({ tls })
    const only = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
      // An old client needs the lower security level to offer its version at all.
      greet(running, tls.cert, { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' })
    expect(await only('TLSv1.3')).toBe('TLSv1.3')
    expect(await only('TLSv1.2')).toBe('TLSv1.2')
    expect(await only('TLSv1.1')).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/)
  })

  test('plain HTTP on the TLS port does no harm', async () => {
    const tls = selfMade()
    const running = await startEngine({ tls })
    await expect(fetch(`http://127.0.0.1:${running.port}/scim/v2/Users`)).rejects.toThrow('fetch failed')
    expect(await statusOf(running, tls.cert)).toBe(200)
  })
})

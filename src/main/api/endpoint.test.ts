import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type PeerCertificate } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasOpenssl, makeCertificate } from '../../../test/certificate.ts'
import { createClient } from '../../../test/client.ts'
import { freePort } from '../../../test/free-port.ts'
import { startApi, type RunningApi } from './api.fixture.ts'

const bySettings = async (more: Readonly<Record<string, string>> = {}) =>
  startApi({ bySettings: { endpoint_port: String(await freePort()), ...more } })

function at({ slug, token }: RunningApi, port: number) {
  return createClient(`http://127.0.0.1:${port}/scim/${slug}/v2`, token)
}

test('a port that is set takes effect with a restart, and the old one is given up', async () => {
  const running = await bySettings()
  const { api, port: old } = running
  const port = await freePort()
  expect(await api.endpoint.configure({ port })).toMatchObject({
    port: { value: port, origin: 'setting' },
    inForce: { port: old },
    needsRestart: true,
  })
  expect((await at(running, old).get('/Users')).status).toBe(200)
  expect(await api.endpoint.restart()).toMatchObject({ state: 'listening', problem: null })
  expect((await at(running, port).get('/Users')).status).toBe(200)
  await expect(at(running, old).get('/Users')).rejects.toThrow('fetch failed')
  expect(await api.endpoint.configuration()).toMatchObject({ inForce: { port }, needsRestart: false })
})

test('an address that cannot be had is told, and the endpoint listens as before', async () => {
  const running = await bySettings()
  const { api, port: old } = running
  const taken = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => {
    taken.listen(port, '127.0.0.1', resolve)
  })
  onTestFinished(() => void taken.close())
  await api.endpoint.configure({ port })
  const status = await api.endpoint.restart()
  expect(status.state).toBe('listening')
  expect(status.problem).toContain(`Port ${port} on 127.0.0.1 is in use`)
  expect((await at(running, old).get('/Users')).status).toBe(200)
  expect(await api.endpoint.configuration()).toMatchObject({ needsRestart: true })
  await api.endpoint.configure({ port: old })
  expect(await api.endpoint.restart()).toMatchObject({ problem: null })
})

test('what is given at the start goes before what is set', async () => {
  const { api, port } = await startApi()
  expect(await api.endpoint.configure({ port: 7777, host: '0.0.0.0' })).toMatchObject({
    port: { value: port, origin: 'start' },
    host: { value: '127.0.0.1', origin: 'start' },
    needsRestart: false,
  })
})

test('null gives each its default again', async () => {
  const { api } = await bySettings({ endpoint_host: '127.0.0.1', rate_limit: '7' })
  expect(await api.endpoint.configure({ port: null, host: null, requestsPerSecond: null })).toMatchObject({
    port: { value: 7643, origin: 'default' },
    host: { value: '127.0.0.1', origin: 'default' },
    requestsPerSecond: { value: 0, origin: 'default' },
  })
})

test('the largest request can be set, holds at once, and is what bulk requests are told', async () => {
  const { api, scim } = await startApi()
  const title = 'x'.repeat(5 * 1024 * 1024)
  const send = async () => (await scim.post('/Users', { schemas: [], userName: 'large@example.com', title })).status
  expect(await send()).toBe(413)
  expect(await api.endpoint.configure({ bodyMebibytes: 6 })).toMatchObject({
    bodyMebibytes: { value: 6, origin: 'setting' },
  })
  await expect.poll(send).not.toBe(413)
  expect((await scim.get('/ServiceProviderConfig')).at('/bulk/maxPayloadSize')).toBe(6 * 1024 * 1024)
  await expect(api.endpoint.configure({ bodyMebibytes: 33 })).rejects.toThrow('no whole number of MiB from 1 to 32')
  await api.endpoint.configure({ bodyMebibytes: null })
  await expect.poll(send).toBe(413)
})

test('what is no address, port or URL is refused and sets nothing', async () => {
  const { api } = await bySettings()
  const before = await api.endpoint.configuration()
  await expect(api.endpoint.configure({ host: 'a b', port: 7000 })).rejects.toThrow('is no address')
  await expect(api.endpoint.configure({ port: 70_000 })).rejects.toThrow('Input validation')
  await expect(api.endpoint.configure({ publicUrl: 'nowhere' })).rejects.toThrow('is no public URL')
  await expect(api.endpoint.configure({ publicUrl: 'https://scim.example.com/scim' })).rejects.toThrow(
    'Give https://scim.example.com instead.',
  )
  await expect(api.endpoint.configure({ tls: { cert: 'cert.pem', key: 'key.pem' } })).rejects.toThrow('absolute path')
  await expect(api.endpoint.configure({ tls: { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' } })).rejects.toThrow(
    'does not exist',
  )
  expect(await api.endpoint.configuration()).toEqual(before)
})

test('a limit of requests holds at once, and is lifted at once', async () => {
  const { api, scim } = await startApi()
  await api.endpoint.configure({ requestsPerSecond: 1 })
  // The configuration is taken over by the next request that needs it, or within a moment.
  await expect
    .poll(async () => (await Promise.all([scim.get('/Users'), scim.get('/Users')])).map((each) => each.status))
    .toContain(429)
  await api.endpoint.configure({ requestsPerSecond: null })
  await expect
    .poll(async () => (await Promise.all([scim.get('/Users'), scim.get('/Users')])).map((each) => each.status))
    .toEqual([200, 200])
})

test('all are paused together and resumed together, but for the one that was paused before', async () => {
  const { api, engine, slug, scim } = await startApi()
  const other = await engine.tokens.createIntegration({ name: 'Okta', idp: 'okta', directory: 'main', slug: undefined })
  await api.integrations.setState({ slug: other.slug, state: 'paused' })
  expect(await api.endpoint.pauseAll()).toMatchObject({ enabled: 2, paused: 2, together: 1 })
  await expect.poll(async () => (await scim.get('/Users')).status).toBe(503)
  expect(await api.endpoint.resumeAll({})).toMatchObject({ paused: 1, together: 0 })
  await expect.poll(async () => (await scim.get('/Users')).status).toBe(200)
  expect(await api.integrations.get({ slug })).toMatchObject({ state: 'enabled' })
  expect(await api.integrations.get({ slug: other.slug })).toMatchObject({ state: 'paused' })
  expect(await api.endpoint.resumeAll({ isEvery: true })).toMatchObject({ paused: 0, since: null })
})

describe.skipIf(!hasOpenssl)('TLS (needs openssl)', () => {
  function folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'rollcall-certificate-'))
    onTestFinished(() => rmSync(path, { recursive: true, force: true }))
    return path
  }

  function shown(port: number): Promise<PeerCertificate> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate())
        socket.destroy()
      })
      socket.on('error', reject)
    })
  }

  test('a certificate that is set is served after a restart, and told of', async () => {
    const { api, port, token, slug } = await bySettings()
    const { cert, key, certPem } = makeCertificate(folder(), { commonName: 'scim.example.com', days: 3 })
    expect(await api.endpoint.configure({ tls: { cert, key } })).toMatchObject({
      needsRestart: true,
      certificate: null,
    })
    expect(await api.endpoint.restart()).toMatchObject({ isTls: true, problem: null })
    const { certificate, needsRestart } = await api.endpoint.configuration()
    expect(needsRestart).toBe(false)
    expect(certificate).toMatchObject({
      subject: 'scim.example.com, Example',
      isSelfSigned: true,
      names: ['127.0.0.1'],
    })
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}` }
      request({ host: '127.0.0.1', port, ca: certPem, path: `/scim/${slug}/v2/Users`, headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(200)
    await api.endpoint.configure({ tls: null })
    expect(await api.endpoint.restart()).toMatchObject({ isTls: false })
  })

  test('a certificate that was renewed on the disk is served without a restart; a broken one is not', async () => {
    const place = folder()
    const first = makeCertificate(place, { commonName: 'first' })
    const { api, port, engine } = await bySettings({ tls_cert: first.cert, tls_key: first.key })
    expect((await shown(port)).subject.CN).toBe('first')
    expect(await api.endpoint.renewCertificate()).toEqual({ outcome: 'unchanged' })
    makeCertificate(place, { commonName: 'second' })
    const since = (await api.system.status()).endpoint.since
    expect(engine.endpoint.renewCertificate(false)).toBe('renewed')
    expect((await shown(port)).subject.CN).toBe('second')
    expect((await api.system.status()).endpoint.since).toBe(since)
    rmSync(first.key)
    await expect(api.endpoint.renewCertificate()).rejects.toThrow('does not exist')
    expect((await shown(port)).subject.CN).toBe('second')
  })

  test('a certificate that is not valid takes the place of a valid one only once it is', async () => {
    const place = folder()
    const { cert, key } = makeCertificate(place, { commonName: 'first', days: 10 })
    const { api, port, engine, later } = await bySettings({ tls_cert: cert, tls_key: key })
    makeCertificate(place, { commonName: 'expired', days: -2 })
    expect(() => engine.endpoint.renewCertificate(false)).toThrow(
      /^The certificate \S+cert\.pem expired on [\d-]+\. Renew it\.$/,
    )
    await expect(api.endpoint.renewCertificate()).rejects.toThrow('expired on')
    expect((await shown(port)).subject.CN).toBe('first')
    makeCertificate(place, { commonName: 'early', days: 10, from: 3 })
    expect(() => engine.endpoint.renewCertificate(false)).toThrow('is valid only from')
    expect((await shown(port)).subject.CN).toBe('first')
    later(4 * 86_400_000)
    expect(engine.endpoint.renewCertificate(false)).toBe('renewed')
    expect((await shown(port)).subject.CN).toBe('early')
  })

  test('a certificate that runs out is told of to the operator, once', async () => {
    const { cert, key } = makeCertificate(folder(), { days: 5 })
    const { troubles, api, later } = await bySettings({ tls_cert: cert, tls_key: key })
    expect(troubles.filter((each) => each.includes('The certificate expires on'))).toHaveLength(1)
    expect((await api.overview.get()).attention).toContainEqual(
      expect.objectContaining({ kind: 'certificate-expires' }),
    )
    later(6 * 86_400_000)
    expect((await api.diagnosis.doctor()).findings).toContainEqual(
      expect.objectContaining({ check: 'certificate', status: 'problem' }),
    )
  })

  test('a certificate that has expired is set all the same, and told of before it is in use', async () => {
    const { api, later } = await bySettings()
    const { cert, key } = makeCertificate(folder(), { days: -2 })
    expect(await api.endpoint.configure({ tls: { cert, key } })).toMatchObject({
      tls: { value: { cert, key } },
      tlsProblem: expect.stringMatching(/^The certificate expired on [\d-]+\. Renew it\.$/),
    })
    expect((await api.diagnosis.doctor()).findings).toContainEqual(
      expect.objectContaining({ check: 'certificate', status: 'problem' }),
    )
    later(-30 * 86_400_000)
    expect((await api.endpoint.configuration()).tlsProblem).toContain('is valid only from')
    rmSync(key)
    expect((await api.endpoint.configuration()).tlsProblem).toContain('does not exist')
    expect(await api.endpoint.configure({ tls: null })).toMatchObject({ tlsProblem: null })
  })

  test('files of two certificates are refused', async () => {
    const { api } = await bySettings()
    const place = folder()
    const one = makeCertificate(place, { name: 'one' })
    const other = makeCertificate(place, { name: 'other' })
    await expect(api.endpoint.configure({ tls: { cert: one.cert, key: other.key } })).rejects.toThrow('does not belong')
    expect(await api.endpoint.configuration()).toMatchObject({ tls: { value: null }, needsRestart: false })
  })
})

import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { hasOpenssl, makeCertificate } from '../../../test/certificate.ts'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'
import { commandLine } from '../command.fixture.ts'

test('a setting is stored, shown and taken back', async () => {
  const line = commandLine()
  expect(await line.json('settings', 'set', 'journal-size', '500M')).toEqual({ 'journal-size': '524288000' })
  expect(await line.json('settings', 'list')).toMatchObject({ 'journal-size': '524288000', 'journal-days': null })
  expect((await line.run('settings', 'list')).stdout).toMatch(/^journal-size +500M /m)
  expect((await line.run('settings', 'set', 'journal-size', '2048M')).stdout).toBe('journal-size is now 2G.\n')
  await line.json('settings', 'set', 'journal-size', '')
  expect(await line.json('settings', 'list')).toMatchObject({ 'journal-size': null })
})

test.each([
  ['public-url', 'scim.example.com'],
  ['public-url', 'https://user:secret@scim.example.com'],
  ['journal-days', '0'],
  ['journal-size', '1K'],
  ['journal-redact', 'name..familyName'],
  ['journal-redact', 'nickName,title;'],
  ['tls-cert', 'cert.pem'],
  ['tls-cert', '/no/such/cert.pem'],
  ['tls-key', '/etc/passwd'],
  ['endpoint-host', '0'],
  ['endpoint-host', '127.1'],
  ['no-such-setting', '1'],
])('%s = %s is refused in one line, and nothing is set', async (name, value) => {
  const line = commandLine()
  const refused = await line.run('settings', 'set', name, value)
  expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) })
  expect(new Set(Object.values(Object(await line.json('settings', 'list'))))).toEqual(new Set([null]))
})

test.each([
  ['https://scim.example.com/scim', 'https://scim.example.com'],
  ['https://scim.example.com/scim/', 'https://scim.example.com'],
  ['https://example.com/rollcall/scim/v2', 'https://example.com/rollcall'],
  ['https://scim.example.com/scim/entra-id/v2/', 'https://scim.example.com'],
])('%s as the public URL would double /scim: it is refused, and %s is named instead', async (given, instead) => {
  const line = commandLine()
  for (const args of [
    ['settings', 'set', 'public-url', given],
    ['serve', '--public-url', given],
  ])
    expect(await line.run(...args)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(`Give ${instead} instead.`),
    })
  expect(await line.json('settings', 'list')).toMatchObject({ 'public-url': null })
})

test.each(['https://example.com/scim-gateway/v2', 'http://scim', 'https://scim:8443'])(
  '%s as the public URL does not end in a path of the endpoint, and is taken',
  async (url) => {
    expect(await commandLine().json('settings', 'set', 'public-url', `${url}/`)).toEqual({ 'public-url': url })
  },
)

test.skipIf(!hasOpenssl)('a certificate that has expired is set with a warning, as doctor says too', async () => {
  const line = commandLine()
  const { cert, key } = makeCertificate(dirname(line.path('cert')), { days: -2 })
  expect(await line.run('settings', 'set', 'tls-cert', cert, '--json')).toMatchObject({
    exitCode: 0,
    stdout: `${JSON.stringify({ 'tls-cert': cert })}\n`,
    stderr: expect.stringMatching(/^[^\n]*The certificate expired on [\d-]+\. Renew it\. It is set all the same\.\n$/),
  })
  expect((await line.run('doctor')).stdout).toContain('certificate: TLS needs both')
  expect(await line.run('settings', 'set', 'tls-key', key)).toMatchObject({ exitCode: 0, stderr: '' })
  expect(await line.run('doctor')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('certificate: The certificate expired on'),
  })
})

test('a running server takes the public URL over', async () => {
  const server = await startServer()
  const id = await server.scim.create('/Users', user())
  await server.rollcall('settings', 'set', 'public-url', 'https://scim.example.com/')
  const moved = await eventually(
    () => server.scim.get(`/Users/${id}`),
    (answer) => answer.textAt('/meta/location').startsWith('https://scim.example.com/scim/'),
  )
  expect(moved.status).toBe(200)
  await server.stop()
})

test('a running server stops storing what is to be redacted', async () => {
  const server = await startServer()
  await server.rollcall('settings', 'set', 'journal-redact', 'nickName')
  const file = join(server.dataDir, 'requests.ndjson')
  const stored = await eventually(
    async () => {
      rmSync(file, { force: true })
      await server.scim.post('/Users', user({ nickName: 'Kept-From-The-Log' }))
      await server.rollcall('requests', '--export', file)
      return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? ''
    },
    (line) => line.includes('nickName') && !line.includes('Kept-From-The-Log'),
  )
  expect(stored).toMatch(/nickName[^,]*\[redacted\]/)
  await server.stop()
})

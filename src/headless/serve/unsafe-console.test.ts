import { existsSync, rmdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { hasOpenssl, makeCertificate } from '../../../test/certificate.ts'
import { commandLine, commandLineWithIntegration } from '../command.fixture.ts'

const unsafe = ['serve', '--port', '0', '--console-port', '0', '--console-host', '0.0.0.0']

test('a console that may not be served beyond this machine makes no data directory', async () => {
  const line = commandLine()
  rmdirSync(line.dataDir)
  const refused = await line.run(...unsafe, '--vault', 'file')
  expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('TLS') })
  expect(existsSync(line.dataDir)).toBe(false)
})

test.skipIf(!hasOpenssl)('neither does one with TLS and no password', async () => {
  const line = commandLine()
  rmdirSync(line.dataDir)
  const { cert, key } = makeCertificate(dirname(line.dataDir))
  const refused = await line.run(...unsafe, '--vault', 'file', '--tls-cert', cert, '--tls-key', key)
  expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('password') })
  expect(existsSync(line.dataDir)).toBe(false)
})

test('a server that is refused for its console leaves the SCIM URL that commands print as it was', async () => {
  const line = await commandLineWithIntegration()
  const before = await line.json('integrations', 'list')
  expect(await line.run(...unsafe)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('TLS') })
  expect(await line.json('integrations', 'list')).toEqual(before)
})

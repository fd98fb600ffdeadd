import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasOpenssl } from '../../../test/certificate.ts'
import { openRawConnection } from '../../../test/fuzz/raw-connection.ts'
import { startApi } from '../../main/api/api.fixture.ts'
import { selfMadeCertificate } from '../../main/tls/self-made-certificate.fixture.ts'
import { startConsoleServer } from './console-server.ts'

/** Resolves once TLS is spoken with the server. */
function greet(port: number, ca: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () => {
      socket.destroy()
      resolve()
    })
    socket.on('error', reject)
  })
}

describe.skipIf(!hasOpenssl)('the console over TLS (needs openssl)', () => {
  test('a client that never ends its greeting does not keep the server from closing', async () => {
    const rendererDir = mkdtempSync(join(tmpdir(), 'rollcall-renderer-'))
    onTestFinished(() => rmSync(rendererDir, { recursive: true, force: true }))
    mkdirSync(join(rendererDir, 'assets'))
    writeFileSync(join(rendererDir, 'index.html'), '')
    const tls = selfMadeCertificate()
    const { parts } = await startApi()
    const server = await startConsoleServer({
      address: { host: '0.0.0.0', port: 0, url: undefined },
      tls,
      rendererDir,
      api: parts,
      onTrouble: () => undefined,
    })
    const port = Number(new URL(server.url).port)
    const stranger = openRawConnection(port)
    onTestFinished(() => stranger.close())
    // The head of a record of TLS, behind which nothing comes.
    stranger.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]))
    // By the time that TLS is spoken with another one it has come.
    await greet(port, tls.cert)
    await server.close()
    expect(await stranger.answer(5000)).toBe('closed')
  })
})

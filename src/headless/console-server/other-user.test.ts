import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isOfAnotherUser, ownersOf } from './other-user.ts'

test.runIf(process.platform === 'linux').each(['127.0.0.1', '::1'])(
  'the system says whose process is at the other end of a connection to %s',
  async (host) => {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const address = server.address()
    const client = connect({ host, port: typeof address === 'object' && address ? address.port : 0 })
    const [accepted]: unknown[] = await once(server, 'connection')
    onTestFinished(() => {
      client.destroy()
      server.close()
    })
    if (!(accepted instanceof Socket)) throw new Error('no connection')
    onTestFinished(() => void accepted.destroy())
    expect(ownersOf(accepted)).toEqual([process.getuid?.()])
    expect(isOfAnotherUser(accepted)).toBe(false)
  },
)

test('a process of another user is told from those of this one and of root, also where a like connection is its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-connections-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const self = process.getuid?.() ?? 0
  const tables = (...uids: readonly number[]) => {
    const rows = uids.map(
      (uid, n) => `   ${n}: 0${n + 1}00007F:C350 0100007F:1DDC 01 0:0 00:0 0        ${uid}        0 1 1 0 20 4`,
    )
    const file = join(folder, `tables-${uids.join('-')}`)
    writeFileSync(file, ['  sl  local_address rem_address   st …', ...rows, ''].join('\n'))
    return [file, join(folder, 'none')]
  }
  const socket = { remotePort: 0xc350, localPort: 0x1ddc }
  expect(isOfAnotherUser(socket, tables(self + 7))).toBe(true)
  expect(isOfAnotherUser(socket, tables(self + 7, self))).toBe(true)
  expect(isOfAnotherUser(socket, tables(self, 0))).toBe(false)
  expect(isOfAnotherUser(socket, tables())).toBe(false)
  expect(isOfAnotherUser({ remotePort: 0x1ddc, localPort: 0xc350 }, tables(self + 7))).toBe(false)
})

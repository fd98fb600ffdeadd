import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { program } from '../../../test/command-line.ts'
import { openRawConnection, type RawConnection } from '../../../test/fuzz/raw-connection.ts'
import { lockHolder } from '../../main/data-dir/data-dir-lock.ts'
import { commandLine } from '../command.fixture.ts'
import { serve } from './serving.fixture.ts'

function connectionTo(port: number): RawConnection {
  const connection = openRawConnection(port)
  onTestFinished(() => connection.close())
  return connection
}

const body = '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@drain.test"}'
const head = (token: string) =>
  `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/scim+json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`

/** Resolves once the server has the head of the request, which it says with "100 Continue". */
async function begin(connection: RawConnection, token: string): Promise<void> {
  connection.write(head(token))
  expect(await connection.answer(300)).toBe('silent')
}

test('SIGTERM lets a request under way be answered, closes idle connections, and ends with 0', async () => {
  const { child, exited, port, token } = await serve()
  const idle = connectionTo(port)
  idle.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await idle.answer(5000)).toMatchObject({ status: 200 })
  const busy = connectionTo(port)
  await begin(busy, token)
  child.kill('SIGTERM')
  expect(await idle.answer(5000)).toBe('closed')
  busy.write(body)
  expect(await busy.answer(5000)).toMatchObject({ status: 201 })
  expect(busy.isOpen).toBe(false)
  expect(await exited).toEqual([0, null])
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'one %s that arrives twice at once still drains',
  async (signal) => {
    const { child, exited, port, token } = await serve()
    const idle = connectionTo(port)
    idle.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n')
    await idle.answer(5000)
    const busy = connectionTo(port)
    await begin(busy, token)
    child.kill(signal)
    expect(await idle.answer(5000)).toBe('closed')
    child.kill(signal)
    busy.write(body)
    expect(await busy.answer(5000)).toMatchObject({ status: 201 })
    expect(await exited).toEqual([0, null])
  },
)

/** A module that sends its process a signal when the built command line is about to be loaded. */
const atLoad = (signal: string) => `
  import { registerHooks } from 'node:module'
  registerHooks({
    load(url, context, next) {
      if (url.endsWith('/headless.js')) process.kill(process.pid, '${signal}')
      return next(url, context)
    },
  })`

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])(
  'a server that is still being loaded ends with 0 at a %s',
  async (signal) => {
    const preload = `--import=data:text/javascript,${encodeURIComponent(atLoad(signal))}`
    const { dataDir } = commandLine()
    const args = ['serve', '--vault', 'file', '--port', '0', '--console-port', '0', '--data-dir', dataDir]
    const child = spawn(process.execPath, [preload, program, ...args])
    onTestFinished(() => void child.kill('SIGKILL'))
    expect(await once(child, 'exit')).toEqual([0, null])
  },
)

test('a server that brings an older database to the present format can be stopped meanwhile, and loses nothing', async () => {
  const { dataDir } = commandLine()
  const database = new Database(join(dataDir, 'rollcall.db'))
  onTestFinished(() => void database.close())
  database.exec(readFileSync(new URL('../../main/store/fixtures/version-1.sql', import.meta.url), 'utf8'))
  database.pragma('user_version = 1')
  // It takes as long as somebody else has it.
  database.exec('begin immediate')
  const args = ['serve', '--vault', 'file', '--port', '0', '--console-port', '0', '--data-dir', dataDir]
  const child = spawn(process.execPath, [program, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const [first]: unknown[] = await once(createInterface(child.stderr), 'line')
  expect(first).toContain('is of format 1')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  expect(lockHolder(dataDir, Date.now())).toBe(undefined)
  database.exec('rollback')
  expect(database.prepare('select count(*) from users').pluck().get()).toBe(6)
})

test('a connection on which nothing was ever asked does not hold up the end', async () => {
  const { child, exited, port } = await serve()
  const silent = connectionTo(port)
  const asked = connectionTo(port)
  asked.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n')
  await asked.answer(5000)
  child.kill('SIGTERM')
  expect(await silent.answer(5000)).toBe('closed')
  expect(await exited).toEqual([0, null])
})

test('a server that npm run rollcall has started ends when npm is ended', async () => {
  const { child, dataDir } = await serve(
    { npm_package_name: 'rollcall', npm_lifecycle_event: 'rollcall' },
    { inShell: true },
  )
  const ended = once(child.stdout, 'end')
  // npm hands it to its shell, and no further.
  child.kill('SIGTERM')
  await ended
  expect(lockHolder(dataDir, Date.now())).toBe(undefined)
})

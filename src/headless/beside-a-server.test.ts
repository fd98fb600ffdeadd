import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeDataDirLock } from '../main/data-dir/data-dir-lock.ts'
import { seedPeople } from '../main/conversion/people.fixture.ts'
import { commandLine } from './command.fixture.ts'

test('a command that writes for long lets a server write in between', async () => {
  const line = commandLine()
  await line.json('attributes', 'add', 'badge', '--type', 'string')
  seedPeople(line.dataDir, 8000, 1)
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  onTestFinished(() => void database.close())
  const urn = 'urn:ietf:params:scim:schemas:extension:rollcall:2.0:User'
  database.exec(`update users set doc = json_set(doc, '$."${urn}"', json('{"badge":"x"}')) where user_name <> 'admin'`)
  const left = database.prepare<[], number>(`select count(*) from users where doc ->> '$."${urn}".badge' = 'x'`).pluck()
  const lock = takeDataDirLock(line.dataDir, Date.now)
  onTestFinished(() => lock.release())

  const over = new AbortController()
  const removal = line.json('attributes', 'remove', 'badge', '--yes').finally(() => over.abort())
  /** How many values were left each time that the database was free. */
  const seen = new Set<number | undefined>()
  database.pragma('busy_timeout = 10000')
  while (!over.signal.aborted) {
    database.exec('begin immediate')
    database.exec('commit')
    seen.add(left.get())
    await new Promise((resolve) => void setImmediate(resolve))
  }
  expect(await removal).toMatchObject({ users: 8000 })
  // It takes 32 transactions or more; without a rest between them, two or three turns were had.
  expect(seen.size).toBeGreaterThan(16)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { commandLine } from './command.fixture.ts'

const past = new URL('../main/store/fixtures/version-1.sql', import.meta.url)

test('whoever opens a database of an older format first is told that it takes time, and nobody after that', async () => {
  const line = commandLine()
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  database.exec(readFileSync(past, 'utf8'))
  database.pragma('user_version = 1')
  database.close()
  const first = await line.run('groups', 'list', '--json')
  expect(first.stderr).toMatch(/^\S+rollcall\.db is of format 1 and is brought to \d+ now\. [^\n]+\n$/)
  expect(JSON.parse(first.stdout)).toMatchObject([{ displayName: 'Engineering' }])
  const second = await line.run('groups', 'list', '--json')
  expect(second).toMatchObject({ stderr: '', stdout: first.stdout })
})

import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandLineWithIntegration } from '../command.fixture.ts'

test('a purge of all archived users leaves the one whom an integration acts as, says so, and ends well', async () => {
  const line = await commandLineWithIntegration()
  const csv = line.write('people.csv', 'userName,role\nboss,administrator\nada,user\nbob,user\n')
  await line.json('users', 'import', csv, '--yes')
  await line.json('integrations', 'administrator', 'entra-id', 'boss')
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  database.exec("update users set archived_at = 1 where user_name <> 'admin'")
  database.close()
  const { exitCode, stdout, stderr } = await line.run('users', 'purge', '--all-archived', '--yes')
  expect(stdout).toBe('Purged 2 users.\n')
  expect(stderr).toContain('1 archived user that an integration acts as stays.')
  expect(exitCode).toBe(0)
  expect(await line.json('users', 'list', '--archived')).toMatchObject([{ userName: 'boss' }])
})

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commandLine, commandLineWithIntegration, type CommandLine } from './command.fixture.ts'

const Report = z.object({
  ok: z.boolean(),
  findings: z.array(z.object({ check: z.string(), status: z.string(), message: z.string() })),
})

async function diagnose(line: CommandLine, ...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await line.run('doctor', '--json', ...args)
  expect(stderr).toBe('')
  const { ok, findings } = Report.parse(JSON.parse(stdout))
  expect(exitCode).toBe(ok ? 0 : 1)
  return { ok, problems: findings.filter((each) => each.status === 'problem').map((each) => each.check), findings }
}

test('finds nothing wrong with a healthy data directory', async () => {
  const report = await diagnose(await commandLineWithIntegration())
  expect(report.problems).toEqual([])
  expect(report.findings.map((each) => each.check)).toEqual(
    expect.arrayContaining(['data directory', 'disk', 'database', 'request log', 'vault', 'contents', 'server']),
  )
})

test('a directory without data is a problem, and is not made', async () => {
  const line = commandLine()
  expect((await diagnose(line)).problems).toEqual(['data directory'])
  expect((await diagnose(line)).problems).toEqual(['data directory'])
})

test('a damaged database is found', async () => {
  const line = await commandLineWithIntegration()
  line.damageDatabase()
  expect((await diagnose(line)).problems).toEqual(['database'])
})

test('a lost vault is found', async () => {
  const line = await commandLineWithIntegration()
  rmSync(join(line.dataDir, 'vault'), { recursive: true })
  expect((await diagnose(line)).problems).toEqual(['vault'])
})

test('an integration whose administrator cannot act is found', async () => {
  const line = await commandLineWithIntegration()
  await line.json('users', 'import', line.write('people.csv', 'userName,role\nboss,administrator\n'), '--yes')
  await line.json('users', 'deactivate', 'admin')
  expect((await diagnose(line)).problems).toEqual(['integration entra-id'])
})

test('a token that ends soon and one that is missing are warnings', async () => {
  const line = await commandLineWithIntegration()
  await line.json('tokens', 'rotate', 'entra-id', '--expires', '2d')
  const expiring = await diagnose(line)
  expect(expiring.findings).toContainEqual(expect.objectContaining({ check: 'token of entra-id', status: 'warning' }))
  await line.json('tokens', 'revoke', 'entra-id', '--yes')
  expect((await diagnose(line)).ok).toBe(true)
})

test('a certificate that is none is found', async () => {
  const line = await commandLineWithIntegration()
  const file = line.write('cert.pem', 'no certificate')
  expect((await diagnose(line, '--tls-cert', file, '--tls-key', file)).problems).toEqual(['certificate'])
})

test('messages that could not be delivered are told of', async () => {
  const line = await commandLineWithIntegration()
  const database = new Database(`${line.dataDir}/rollcall.db`)
  database
    .prepare(
      `insert into outbox (key, channel, recipient, rule, content, digest, created_at, not_before, state, ended_at)
       values ('k', 'mail', 'ops@example.com', 'silence', '{}', 0, 1, 1, 'dead', 1)`,
    )
    .run()
  database.close()
  const { ok, findings } = await diagnose(line)
  expect(ok).toBe(true)
  expect(findings.find((each) => each.check === 'notifications')).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('1 message could not be delivered'),
  })
})

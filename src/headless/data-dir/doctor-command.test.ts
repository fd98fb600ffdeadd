import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { hasOpenssl, issueCertificate, makeCertificate } from '../../../test/certificate.ts'
import { program, runCommand } from '../../../test/command-line.ts'
import { takeDataDirLock } from '../../main/data-dir/data-dir-lock.ts'
import { openWriterConnection } from '../../main/store/file/database-files.ts'
import { canMount, mountSmallDisk } from '../../main/store/file/small-disk.fixture.ts'
import { commandLine, commandLineWithIntegration, type CommandLine } from '../command.fixture.ts'

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

test('what an ended backup and an ended restoration left is told, and what may still be written is not', async () => {
  const line = await commandLineWithIntegration()
  mkdirSync(join(line.dataDir, 'backups'), { recursive: true })
  const part = '0f3c9f2e-7d1b-4c55-9d0a-3f0c1d2e4b5a.new'
  const left = (name: string, bytes: number, minutesAgo: number) => {
    const file = join(line.dataDir, name)
    writeFileSync(file, 'x'.repeat(bytes))
    utimesSync(file, new Date(), new Date(Date.now() - minutesAgo * 60_000))
  }
  left(`backups/rollcall-2026-03-04T01-30-00-000Z.db.${part}`, 900, 59)
  const told = async () => (await diagnose(line)).findings.filter(({ check }) => check.startsWith('half'))
  expect(await told()).toEqual([])
  left(`backups/rollcall-auto-2026-03-04T01-30-00-000Z.db.${part}`, 2048, 61)
  left('rollcall.db.restoring', 3072, 0)
  expect(await told()).toEqual([
    { check: 'half-written backups', status: 'warning', message: expect.stringContaining('2.0 KiB are left in') },
    { check: 'half-made restoration', status: 'warning', message: expect.stringContaining('3.0 KiB are left in') },
  ])
})

test('a directory without data is a problem, and is not made', async () => {
  const line = commandLine()
  expect((await diagnose(line)).problems).toEqual(['data directory'])
  expect((await diagnose(line)).problems).toEqual(['data directory'])
})

test('what a restore on another machine lacks to tell anybody is found', async () => {
  const line = commandLine()
  const smtp = ['--host', 'smtp.example.com', '--user', 'rollcall', '--from', 'rollcall@example.com']
  await line.direct('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra', '--vault', 'file')
  await line.run(
    'notify',
    'webhooks',
    'add',
    '--name',
    'ops',
    '--url',
    'https://hooks.example.com/x',
    '--rules',
    'bad-token',
  )
  const setting = [program, 'notify', 'smtp', 'set', ...smtp, '--data-dir', line.dataDir]
  expect(
    spawnSync(process.execPath, setting, { env: { ...process.env, ROLLCALL_SMTP_PASSWORD: 'a password' } }).status,
  ).toBe(0)
  expect((await diagnose(line)).problems).toEqual([])
  const file = join(line.dataDir, 'backup.db')
  await line.direct('backup', file)
  const elsewhere = commandLine()
  await elsewhere.run('restore', file, '--yes', '--vault', 'file')
  expect((await diagnose(elsewhere)).problems).toEqual(['token of entra-id', 'mail', 'webhook ops'])
})

test('a damaged database is found', async () => {
  const line = await commandLineWithIntegration()
  line.damageDatabase()
  expect((await diagnose(line)).problems).toEqual(['database'])
})

test('records that a disk has spoilt are found in a database that is whole, with what heals them', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('users', 'import', line.write('people.csv', 'userName\nana\nben\n'), '--yes')
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  const { findings } = await diagnose(line)
  expect(findings).toContainEqual(expect.objectContaining({ check: 'database', status: 'ok' }))
  database.exec("update users set doc = doc || '}' where user_name in ('ana', 'ben')")
  database.close()
  const damaged = await diagnose(line)
  expect(damaged.problems).toEqual(['database'])
  expect(damaged.findings).toContainEqual(
    expect.objectContaining({
      message: expect.stringMatching(/records of 2 users are damaged, that of "ana" is the first.* with a PUT/),
    }),
  )
})

test('a lost vault is found', async () => {
  const line = await commandLineWithIntegration()
  rmSync(join(line.dataDir, 'vault'), { recursive: true })
  expect((await diagnose(line)).problems).toEqual(['vault'])
})

test('tokens are found to be nowhere where no vault has been chosen, as after a restore that could open none', async () => {
  const line = await commandLineWithIntegration()
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  database.exec("delete from settings where name = 'vault_kind'")
  database.close()
  expect((await diagnose(line)).problems).toEqual(['token of entra-id'])
})

test('an integration whose administrator cannot act is found', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('users', 'import', line.write('people.csv', 'userName,role\nboss,administrator\n'), '--yes')
  await line.direct('users', 'deactivate', 'admin')
  expect((await diagnose(line)).problems).toEqual(['integration entra-id'])
})

test('a token that ends soon and one that is missing are warnings', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('tokens', 'rotate', 'entra-id', '--expires', '2d')
  const expiring = await diagnose(line)
  expect(expiring.findings).toContainEqual(expect.objectContaining({ check: 'token of entra-id', status: 'warning' }))
  await line.direct('tokens', 'revoke', 'entra-id', '--yes')
  expect((await diagnose(line)).ok).toBe(true)
})

test('a certificate that is none is found', async () => {
  const line = await commandLineWithIntegration()
  const file = line.write('cert.pem', 'no certificate')
  expect((await diagnose(line, '--tls-cert', file, '--tls-key', file)).problems).toEqual(['certificate'])
})

test.runIf(hasOpenssl)('a certificate that comes without that of its issuer is told of', async () => {
  const line = await commandLineWithIntegration()
  const folder = dirname(line.dataDir)
  const authority = makeCertificate(folder, { name: 'authority', commonName: 'Example Issuing CA', days: 60 })
  const { cert, key, certPem } = issueCertificate(folder, authority)
  const whole = line.write('whole.pem', certPem + authority.certPem)
  const found = async (file: string) =>
    (await diagnose(line, '--tls-cert', file, '--tls-key', key)).findings.find((each) => each.check === 'certificate')
  expect(await found(cert)).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('its issuer "Example Issuing CA" is neither in the file nor a root'),
  })
  expect(await found(whole)).toMatchObject({ status: 'ok' })
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

test('where it cannot be told whether there is data, no command says that there is none', async () => {
  const line = commandLine()
  rmdirSync(line.dataDir)
  // Nobody can look behind a link to itself; root may look into every folder.
  symlinkSync(line.dataDir, line.dataDir)
  const commands = [
    ['requests'],
    ['requests', 'delete', '--older-than', '1d', '--yes'],
    ['backup', line.path('backup.db')],
    ['users', 'list'],
    ['vault', 'status'],
    ['doctor'],
  ]
  for (const command of commands) {
    const { exitCode, stdout, stderr } = await line.run(...command)
    expect([exitCode, `${stdout}${stderr}`]).toEqual([
      1,
      expect.stringMatching(/(rollcall|journal)\.db cannot be opened\. Check the path and its permissions\.\n$/),
    ])
    expect(stdout).not.toContain('There is no')
  }
})

test('a file in the place of the data directory is told as that', async () => {
  const line = commandLine()
  rmdirSync(line.dataDir)
  writeFileSync(line.dataDir, '')
  for (const command of [
    ['users', 'list'],
    ['requests', '--json'],
    ['requests', 'delete', '--older-than', '1d', '--yes'],
    ['serve', '--port', '0', '--console-port', '0'],
  ])
    expect(await line.run(...command)).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: `${line.dataDir} is no folder. Choose another one.\n`,
    })
  expect(await diagnose(line)).toMatchObject({ problems: ['data directory'] })
  expect((await line.run('doctor')).stdout).toContain(`${line.dataDir} is no folder. Choose another one.\n`)
})

test.skipIf(!canMount())(
  'a disk that takes no more files is told as a full one (needs the right to mount)',
  async () => {
    const disk = mountSmallDisk(4 * 1024, 5)
    onTestFinished(() => disk?.release())
    const dataDir = join(disk?.path ?? '', 'data')
    openWriterConnection(dataDir).close()
    for (const name of ['one more', 'the last one']) writeFileSync(join(disk?.path ?? '', name), '')
    const list = await runCommand(dataDir, ['users', 'list'])
    expect(list).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^The disk that holds [^\n]* is full\. /) })
    const { stdout } = await runCommand(dataDir, ['doctor'])
    expect(stdout).toContain('problem  disk: It takes only 0 more files (inodes).')
  },
)

test('a server that hangs is found', async () => {
  const line = await commandLineWithIntegration()
  const lock = takeDataDirLock(line.dataDir, Date.now)
  const file = join(line.dataDir, 'rollcall.lock')
  const mark = readFileSync(file)
  lock.release()
  // The mark of a process that runs, which nobody keeps fresh.
  writeFileSync(file, mark)
  expect((await diagnose(line)).problems).toEqual([])
  const minuteAgo = new Date(Date.now() - 60_000)
  utimesSync(file, minuteAgo, minuteAgo)
  const { findings } = await diagnose(line)
  expect(findings).toContainEqual({
    check: 'server',
    status: 'problem',
    message: expect.stringMatching(new RegExp(`^Process ${process.pid} runs, but .* \\(1 minute ago\\)`)),
  })
})

test('the size of a database is told with its log', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  const database = new Database(`${line.dataDir}/rollcall.db`)
  onTestFinished(() => void database.close())
  database.exec("INSERT INTO settings VALUES ('large', hex(zeroblob(1024 * 1024)))")
  expect((await line.run('doctor')).stdout).toMatch(/database: Whole, format \d+, [2-9](?:\.\d)? MiB\./)
})

test.skipIf(process.platform === 'win32')('files that are none hold nobody up: they are told of', async () => {
  const line = await commandLineWithIntegration()
  const pipe = line.path('pipe')
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
  const found = await diagnose(line, '--tls-cert', pipe, '--tls-key', pipe)
  expect(found.findings).toContainEqual({
    check: 'certificate',
    status: 'problem',
    message: `The certificate ${pipe} is no file.`,
  })
  const serve = await line.run('serve', '--port', '0', '--console-port', '0', '--tls-cert', pipe, '--tls-key', pipe)
  expect(serve).toMatchObject({ exitCode: 1, stderr: `The certificate ${pipe} is no file.\n` })
  const restore = await line.run('restore', pipe, '--yes')
  expect(restore).toMatchObject({ exitCode: 1, stderr: `${pipe} is no file. Name a backup.\n` })
  const backup = await line.run('backup', pipe, '--yes')
  expect(backup).toMatchObject({ exitCode: 1, stderr: `${pipe} is no file. Choose another name.\n` })
})

test.skipIf(process.platform === 'win32')('a limit of open files that has been reached is told as that', async () => {
  const line = await commandLineWithIntegration()
  const limited = (files: number) =>
    spawnSync(
      'sh',
      [
        '-c',
        `ulimit -n ${files}; exec "$@"`,
        'sh',
        process.execPath,
        program,
        'users',
        'list',
        '--data-dir',
        line.dataDir,
      ],
      { encoding: 'utf8' },
    )
  // How many files the program itself has open depends on the system; some limit lets it begin and the database not be opened.
  let files = 20
  let told = limited(files)
  while (told.status !== 0 && !told.stderr.startsWith(line.dataDir) && files < 60) told = limited((files += 1))
  expect(told).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('as many files are open as may be. Raise the limit'),
  })
})

test.runIf(canMount())(
  'a request log on a disk of its own that is full is a problem, which the status tells of too',
  async () => {
    const line = await commandLineWithIntegration()
    const disk = mountSmallDisk(64)
    if (!disk) throw new Error('it could be mounted before')
    onTestFinished(() => disk.release())
    writeFileSync(join(disk.path, 'journal.db'), '')
    symlinkSync(join(disk.path, 'journal.db'), join(line.dataDir, 'journal.db'))
    const report = await diagnose(line)
    expect(report.problems).toEqual(['disk of the request log'])
    const told = /disk of the request log: Only \d+\.\d KiB are free\. Make room, or writes will fail\./
    expect((await line.run('status')).stdout).toMatch(told)
    expect(await line.json('status')).toMatchObject({ attention: [expect.stringMatching(told)] })
  },
)

test('a backup of a clock that was far ahead does not hide that there is none of today', async () => {
  const line = await commandLineWithIntegration()
  await line.json('backup', line.path('one.db'))
  const ofBackups = async () => (await diagnose(line)).findings.find(({ check }) => check === 'backups')?.status
  expect(await ofBackups()).toBe('ok')
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  database.exec(`update backup_runs set started_at = started_at + ${365 * 86_400_000}`)
  database.close()
  expect(await ofBackups()).toBe('warning')
})

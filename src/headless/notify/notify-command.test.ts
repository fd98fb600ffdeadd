import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { program } from '../../../test/command-line.ts'
import { startSmtpServer } from '../../main/notify/mail/smtp-server.fixture.ts'
import { startReceiver } from '../../main/notify/webhook/receiver.fixture.ts'
import { commandLineWithIntegration, type CommandLine } from '../command.fixture.ts'

const smtpArgs = (port: number) =>
  ['notify', 'smtp', 'set', '--host', '127.0.0.1', '--port', String(port), '--security', 'none'] as const

function withInput(line: CommandLine, input: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [program, ...args, '--data-dir', line.dataDir], { input, encoding: 'utf8' })
}

test('sets up mail with a password that no argument and no answer holds, and tries it', async () => {
  const smtp = await startSmtpServer({
    authOptional: false,
    onAuth: ({ password }, _session, done) => done(password === 'hunter2' ? null : new Error('no'), { user: 'x' }),
  })
  const line = await commandLineWithIntegration()
  const from = ['--user', 'mailer', '--from', 'Rollcall <rollcall@example.com>'] as const
  expect(await line.run(...smtpArgs(smtp.port), ...from)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('--password-stdin'),
  })
  const set = withInput(line, 'hunter2\n', ...smtpArgs(smtp.port), ...from, '--password-stdin', '--json')
  expect(set.status).toBe(0)
  expect(JSON.parse(set.stdout)).toEqual({
    host: '127.0.0.1',
    port: smtp.port,
    security: 'none',
    user: 'mailer',
    from: 'Rollcall <rollcall@example.com>',
    hasPassword: true,
    hasCa: false,
  })
  expect(await line.json('notify', 'smtp', 'show')).toMatchObject({ hasPassword: true })
  expect(await line.json('notify', 'smtp', 'test', '--to', 'ops@example.com')).toEqual({
    delivered: true,
    to: 'ops@example.com',
  })
  expect(smtp.mails.map((mail) => mail.header('subject'))).toEqual(['[Rollcall] This is a test'])
  withInput(line, 'wrong', ...smtpArgs(smtp.port), ...from, '--password-stdin')
  expect(await line.run('notify', 'smtp', 'test', '--to', 'ops@example.com')).toMatchObject({ exitCode: 1, stdout: '' })
  expect(await line.json('notify', 'smtp', 'remove', '--yes')).toBeNull()
  expect(await line.json('notify', 'smtp', 'show')).toBeNull()
})

test('switches rules, names recipients, and keeps to a schedule', async () => {
  const line = await commandLineWithIntegration()
  const Rules = z.array(
    z.object({ id: z.string(), isEnabled: z.boolean(), byMail: z.boolean(), byDesktop: z.boolean() }),
  )
  const rules = Rules.parse(await line.json('notify', 'rules', 'list'))
  expect(rules.every((rule) => rule.isEnabled)).toBe(true)
  expect(await line.json('notify', 'rules', 'set', 'silence', '--off', '--no-mail')).toMatchObject({
    id: 'silence',
    isEnabled: false,
    byMail: false,
    byDesktop: true,
  })
  expect(await line.json('notify', 'rules', 'set', 'silence', '--on')).toMatchObject({ isEnabled: true, byMail: false })
  expect((await line.run('notify', 'rules', 'set', 'nonsense', '--on')).exitCode).toBe(2)
  expect((await line.run('notify', 'rules', 'set', 'silence')).exitCode).toBe(2)
  expect(await line.json('notify', 'recipients', 'add', 'a@example.com', 'b@example.com')).toEqual([
    'a@example.com',
    'b@example.com',
  ])
  expect(await line.json('notify', 'recipients', 'add', 'A@Example.com')).toEqual(['a@example.com', 'b@example.com'])
  expect((await line.run('notify', 'recipients', 'add', 'nobody')).exitCode).toBe(1)
  expect(await line.json('notify', 'recipients', 'remove', 'a@EXAMPLE.com')).toEqual(['b@example.com'])
  expect(await line.run('notify', 'recipients', 'remove', 'b@example.com', 'a@example.com')).toMatchObject({
    exitCode: 1,
    stderr: 'a@example.com gets no mail, so nothing was changed. See "rollcall notify recipients list".\n',
  })
  expect(await line.json('notify', 'recipients', 'list')).toEqual(['b@example.com'])
  const schedule = ['--quiet', '22:00-07:00', '--digest', 'daily@08:00', '--zone', 'Europe/Berlin'] as const
  expect(await line.json('notify', 'schedule', ...schedule, '--no-recovery')).toEqual({
    quietHours: { from: '22:00', to: '07:00' },
    digest: { kind: 'daily', at: '08:00' },
    zone: 'Europe/Berlin',
    tellsRecovery: false,
  })
  expect(await line.json('notify', 'schedule', '--quiet', 'off', '--zone', 'machine')).toMatchObject({
    quietHours: null,
    zone: null,
    digest: { kind: 'daily' },
  })
  expect((await line.run('notify', 'schedule', '--zone', 'Europe/Nowhere')).exitCode).toBe(1)
  expect((await line.run('notify', 'schedule', '--quiet', 'always')).exitCode).toBe(2)
})

test('adds a webhook with a secret that is shown once, tries it, edits it and removes it', async () => {
  const receiver = await startReceiver()
  const line = await commandLineWithIntegration()
  const add = ['notify', 'webhooks', 'add', '--name', 'ops', '--url', receiver.url] as const
  expect(await line.run(...add)).toMatchObject({ exitCode: 1 })
  const added = z
    .object({ id: z.number(), secret: z.string().startsWith('rcwh_') })
    .parse(await line.json(...add, '--allow-host', '127.0.0.1', '--rules', 'bad-token,silence'))
  const listed = await line.run('notify', 'webhooks', 'list', '--json')
  expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'ops', url: receiver.url, rules: ['bad-token', 'silence'] }])
  expect(listed.stdout).not.toContain(added.secret)
  expect(await line.json('notify', 'webhooks', 'test', 'ops')).toEqual({ delivered: true, to: 'ops' })
  expect(receiver.posts).toHaveLength(1)
  const edit = ['notify', 'webhooks', 'edit', 'ops'] as const
  expect((await line.run(...edit)).exitCode).toBe(2)
  expect(await line.json(...edit, '--rules', 'silence')).toMatchObject({ url: receiver.url, rules: ['silence'] })
  expect(await line.json(...edit, '--rules', 'all')).not.toHaveProperty('secret')
  expect(await line.run(...edit, '--no-allow-host')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('begins with https'),
  })
  expect(await line.json(...edit, '--new-secret')).toMatchObject({
    rules: null,
    allowsPrivate: true,
    secret: expect.stringMatching(/^rcwh_/),
  })
  receiver.answer((response) => void response.writeHead(500).end())
  expect((await line.run('notify', 'webhooks', 'test', 'ops')).exitCode).toBe(1)
  expect((await line.run('notify', 'webhooks', 'remove', 'ops')).exitCode).toBe(2)
  await line.json('notify', 'webhooks', 'remove', String(added.id), '--yes')
  expect(await line.json('notify', 'webhooks', 'list')).toEqual([])
})

test('a webhook is added neither without a rule nor with a name that nobody can see', async () => {
  const line = await commandLineWithIntegration()
  const add = ['notify', 'webhooks', 'add', '--url', 'https://hooks.example.com'] as const
  for (const rules of ['', ' , '])
    expect(await line.run(...add, '--name', 'ops', '--rules', rules)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('at least one rule'),
    })
  for (const [name, problem] of [
    ['\u202e', 'can be seen'],
    ['a\nb', 'control characters'],
  ] as const)
    expect(await line.run(...add, '--name', name)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(problem),
    })
  expect(await line.json('notify', 'webhooks', 'list')).toEqual([])
  expect(await line.json(...add, '--name', 'ops', '--rules', 'all')).toMatchObject({ rules: null })
  expect((await line.run('notify', 'webhooks', 'edit', 'ops', '--rules', '')).exitCode).toBe(2)
})

test('takes a number for the webhook that has it, before another one of that name', async () => {
  const line = await commandLineWithIntegration()
  const add = (name: string) =>
    line.json('notify', 'webhooks', 'add', '--name', name, '--url', 'https://hooks.example.com/')
  await add('ops')
  await add('wiki')
  // Names were not looked at so closely before.
  const database = new Database(join(line.dataDir, 'rollcall.db'))
  database.exec("UPDATE webhooks SET name = '2' WHERE name = 'ops'")
  database.exec("UPDATE webhooks SET name = '7' WHERE name = 'wiki'")
  database.close()
  const edit = (which: string) =>
    line.json('notify', 'webhooks', 'edit', which, '--url', `https://hooks.example.com/${which}`)
  expect(await edit('2')).toMatchObject({ id: 2, name: '7' })
  expect(await edit('7')).toMatchObject({ id: 2, name: '7' })
  expect(await edit('1')).toMatchObject({ id: 1, name: '2' })
  expect(await line.run('notify', 'webhooks', 'remove', '3', '--yes')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('There is no webhook "3"'),
  })
})

test('keeps a welcome mail off until it is switched on, and shows it beforehand', async () => {
  const line = await commandLineWithIntegration()
  const text = line.write('welcome.txt', 'Dear {{givenName}},\nwelcome.')
  expect(await line.json('notify', 'welcome', 'show', 'entra-id')).toMatchObject({ isEnabled: false, html: null })
  await line.json('notify', 'welcome', 'set', 'entra-id', '--subject', 'Welcome to {{integration}}', '--text', text)
  expect(await line.json('notify', 'welcome', 'preview', 'entra-id')).toEqual({
    subject: 'Welcome to Entra ID',
    text: 'Dear Ada,\nwelcome.',
    html: null,
  })
  const html = line.write('welcome.html', '<p>Dear {{givenName}}')
  const goesAlong = expect.stringContaining('An HTML part goes along')
  expect(await line.run('notify', 'welcome', 'set', 'entra-id', '--html', html)).toMatchObject({ stdout: goesAlong })
  expect(await line.run('notify', 'welcome', 'set', 'entra-id', '--text', text)).toMatchObject({ stdout: goesAlong })
  expect(await line.run('notify', 'welcome', 'set', 'entra-id', '--no-html')).not.toMatchObject({ stdout: goesAlong })
  expect((await line.run('notify', 'welcome', 'on', 'entra-id')).exitCode).toBe(2)
  expect(await line.json('notify', 'welcome', 'on', 'entra-id', '--yes')).toMatchObject({ isEnabled: true })
  expect(await line.json('notify', 'welcome', 'off', 'entra-id')).toMatchObject({ isEnabled: false })
  expect((await line.run('notify', 'welcome', 'set', 'entra-id', '--subject', '{{nonsense}}')).exitCode).toBe(1)
  expect((await line.run('notify', 'welcome', 'show', 'nobody')).exitCode).toBe(1)
  expect((await line.run('notify', 'welcome', 'test', 'entra-id', '--to', 'me@example.com')).stderr).toContain(
    'Mail is not set up',
  )
})

test('says that no mail server is set up to whoever chooses who gets mail', async () => {
  const line = await commandLineWithIntegration()
  const missing = expect.stringContaining('Mail is not set up. Set it up: rollcall notify smtp set\n')
  const addsSomebody = ['notify', 'recipients', 'add', 'ops@example.com'] as const
  expect(await line.run(...addsSomebody)).toMatchObject({ exitCode: 0, stdout: missing })
  expect(await line.run('notify', 'welcome', 'on', 'entra-id', '--yes')).toMatchObject({ exitCode: 0, stdout: missing })
  expect(await line.run('notify', 'welcome', 'off', 'entra-id')).not.toMatchObject({ stdout: missing })
  await line.run(...smtpArgs(2525), '--from', 'rollcall@example.com')
  expect(await line.run(...addsSomebody)).toMatchObject({ stdout: 'Mail goes to ops@example.com.\n' })
  expect(await line.run('notify', 'welcome', 'on', 'entra-id', '--yes')).not.toMatchObject({ stdout: missing })
})

test('lists an empty outbox, and refuses numbers that nothing has', async () => {
  const line = await commandLineWithIntegration()
  expect(await line.json('notify', 'outbox', 'list')).toEqual([])
  const dead = await line.run('notify', 'outbox', 'list', '--state', 'dead')
  expect(dead.stdout).toBe('Nothing was given up.\n')
  expect(await line.json('notify', 'outbox', 'retry', '--all')).toEqual({ retried: 0 })
  expect((await line.run('notify', 'outbox', 'retry')).exitCode).toBe(2)
  expect(await line.run('notify', 'outbox', 'drop', '7', '--yes')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('There is no message 7'),
  })
})

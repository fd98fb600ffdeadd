import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { openEngine } from '../engine.ts'
import { startSmtpServer } from '../notify/mail/smtp-server.fixture.ts'
import { startReceiver } from '../notify/webhook/receiver.fixture.ts'
import { threads } from '../running-engine.fixture.ts'
import { startApi, type RunningApi } from './api.fixture.ts'

const loopback = { host: '127.0.0.1', security: 'none', user: null, from: 'Rollcall <rollcall@example.com>' } as const

async function setUpMail({ api }: RunningApi, port: number): Promise<void> {
  await api.notifications.setMail({ ...loopback, port })
  await api.notifications.changeRecipients({ add: ['ops@example.com'] })
}

test('nothing is set up at first, and every rule has its default', async () => {
  const { api } = await startApi()
  const { smtp, recipients, rules, schedule, webhooks, outbox, hasDesktop } = await api.notifications.get()
  expect({ smtp, recipients, webhooks, hasDesktop }).toEqual({
    smtp: null,
    recipients: [],
    webhooks: [],
    hasDesktop: false,
  })
  expect(rules.find((each) => each.id === 'job-finished')).toMatchObject({ isEnabled: true, byMail: false })
  expect(schedule).toEqual({ tellsRecovery: true, quietHours: null, zone: null, digest: { kind: 'off' } })
  expect(outbox).toEqual({ waiting: 0, delivered: 0, dead: 0 })
  await expect(api.notifications.testMail({ to: 'ops@example.com' })).rejects.toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('Mail is not set up'),
  })
})

test('the password of the mail server signs in, stays while the user does, and is in no answer', async () => {
  const smtp = await startSmtpServer({
    authOptional: false,
    onAuth: ({ password }, _session, done) => done(password === 'hunter2' ? null : new Error('no'), { user: 'x' }),
  })
  const { api, engine } = await startApi()
  const settings = { ...loopback, port: smtp.port, user: 'mailer' }
  await expect(api.notifications.setMail(settings)).rejects.toMatchObject({ code: 'REFUSED' })
  const answers = [
    await api.notifications.setMail({ ...settings, password: 'wrong' }),
    await api.notifications.testMail({ to: 'ops@example.com' }),
    await api.notifications.setMail({ ...settings, password: 'hunter2' }),
    await api.notifications.setMail({ ...settings, from: 'other@example.com' }),
    await api.notifications.testMail({ to: 'ops@example.com' }),
    await api.notifications.get(),
  ]
  expect(answers[1]).toMatchObject({
    isDelivered: false,
    problem: expect.stringContaining('Check the user and the password'),
  })
  expect(answers[4]).toEqual({ isDelivered: true, problem: null })
  expect(smtp.mails.map((each) => each.from)).toEqual(['other@example.com'])
  expect(answers[5]).toMatchObject({ smtp: { user: 'mailer', hasPassword: true } })
  expect(JSON.stringify(answers)).not.toContain('hunter2')
  expect(engine.reads.settings.get('smtp')).not.toContain('hunter2')
  await api.notifications.removeMail()
  expect((await api.notifications.get()).smtp).toBeNull()
  expect(await (await engine.vault()).vault.get('smtp:password')).toBeUndefined()
})

test('the last test of the mail server is known until the server is another', async () => {
  const smtp = await startSmtpServer()
  const { api } = await startApi()
  const lastTest = async () => (await api.notifications.get()).smtp?.lastTest
  await api.notifications.setMail({ ...loopback, port: 1 })
  expect(await lastTest()).toBeNull()
  const { problem } = await api.notifications.testMail({ to: 'ops@example.com' })
  expect(await lastTest()).toEqual({ at: expect.any(Number), problem })
  expect(problem).not.toBeNull()
  await api.notifications.setMail({ ...loopback, port: smtp.port })
  expect(await lastTest()).toBeNull()
  await api.notifications.testMail({ to: 'ops@example.com' })
  expect(await lastTest()).toEqual({ at: expect.any(Number), problem: null })
})

test('what is changed at the same time stays, each of it', async () => {
  const { api } = await startApi()
  await api.notifications.changeRecipients({ add: ['a@example.com', 'b@example.com', 'c@example.com'] })
  await Promise.all([
    api.notifications.changeRecipients({ remove: ['a@example.com'] }),
    api.notifications.changeRecipients({ remove: ['b@example.com'] }),
    api.notifications.changeRecipients({ add: ['d@example.com'] }),
    api.notifications.setRule({ id: 'silence', changes: { byMail: false } }),
    api.notifications.setRule({ id: 'bad-token', changes: { byMail: false } }),
  ])
  const { recipients, rules } = await api.notifications.get()
  expect(recipients).toEqual(['c@example.com', 'd@example.com'])
  expect(rules.filter((each) => ['silence', 'bad-token'].includes(each.id) && each.byMail)).toEqual([])
})

test('what a command changes at the same time as the server stays, too', async () => {
  const { api, engine, dataDir, slug } = await startApi()
  const command = await openEngine({ dataDir, vault: 'file', actor: 'command line', threads, mode: 'command' })
  onTestFinished(() => command.close())
  const daily = { every: 'day', at: '02:30', weekday: 0, keep: 14, folder: null } as const
  await Promise.all([
    api.notifications.setRule({ id: 'silence', changes: { byMail: false } }),
    command.notify.rules.setRule('bad-token', { byMail: false }),
    api.notifications.changeRecipients({ add: ['console@example.com'] }),
    command.notify.rules.change(({ recipients }) => ({ recipients: [...recipients, 'command@example.com'] })),
    engine.backups.setSchedule((before) => ({ ...before, every: 'day' })),
    command.backups.setSchedule((before) => ({ ...before, at: '04:00' })),
    api.notifications.setWelcome({ slug, isEnabled: true }),
    command.notify.welcome.set(slug, { subject: 'Hello' }),
  ])
  const { recipients, rules } = await api.notifications.get()
  expect(recipients.toSorted()).toEqual(['command@example.com', 'console@example.com'])
  expect(rules.filter((each) => ['silence', 'bad-token'].includes(each.id) && each.byMail)).toEqual([])
  expect(engine.backups.schedule()).toMatchObject({ ...daily, at: '04:00' })
  expect(await api.notifications.welcome({ slug })).toMatchObject({ isEnabled: true, template: { subject: 'Hello' } })
})

test('rules, recipients and schedule are changed by name, and what is wrong is refused', async () => {
  const { api } = await startApi()
  expect(await api.notifications.setRule({ id: 'silence', changes: { byMail: false } })).toMatchObject({
    id: 'silence',
    isEnabled: true,
    byMail: false,
    byDesktop: true,
  })
  await expect(api.notifications.setRule({ id: 'none', changes: {} })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(api.notifications.changeRecipients({ add: ['nobody'] })).rejects.toMatchObject({ code: 'REFUSED' })
  const schedule = {
    tellsRecovery: false,
    quietHours: { from: '22:00', to: '07:00' },
    zone: 'Europe/Berlin',
    digest: { kind: 'daily' as const, at: '08:00' },
  }
  expect(await api.notifications.setSchedule(schedule)).toEqual(schedule)
  await expect(api.notifications.setSchedule({ ...schedule, zone: 'Mars' })).rejects.toMatchObject({ code: 'REFUSED' })
  expect((await api.notifications.get()).schedule).toEqual(schedule)
})

test('a webhook into the own network is refused until its host is allowed by name, is edited, and shows its secret once', async () => {
  const receiver = await startReceiver()
  const { api } = await startApi()
  const webhook = { name: 'ops', url: receiver.url }
  await expect(api.notifications.addWebhook(webhook)).rejects.toMatchObject({ code: 'REFUSED' })
  await expect(api.notifications.addWebhook({ ...webhook, url: 'https://127.0.0.1/hook' })).rejects.toMatchObject({
    message: expect.stringContaining('which is not public'),
  })
  const added = await api.notifications.addWebhook({ ...webhook, allowedHost: '127.0.0.1', rules: ['silence'] })
  expect(added).toMatchObject({ webhook: { name: 'ops', rules: ['silence'], allowsPrivate: true } })
  expect(added.secret).toMatch(/^rcwh_/)
  expect(JSON.stringify(await api.notifications.get())).not.toContain(added.secret)
  expect(await api.notifications.testWebhook({ id: added.webhook.id })).toEqual({ isDelivered: true, problem: null })
  expect(receiver.posts[0]?.headers['rollcall-event']).toBe('test')
  receiver.answer((response) => void response.writeHead(500).end('down'))
  expect(await api.notifications.testWebhook({ id: added.webhook.id })).toMatchObject({
    isDelivered: false,
    problem: expect.stringContaining('500'),
  })
  const { id } = added.webhook
  const content = { id, name: 'Ops', url: receiver.url, rules: null, allowedHost: '127.0.0.1' }
  expect(await api.notifications.editWebhook(content)).toEqual({
    webhook: { ...added.webhook, name: 'Ops', rules: null },
    secret: null,
  })
  await expect(api.notifications.editWebhook({ ...content, allowedHost: null })).rejects.toMatchObject({
    code: 'REFUSED',
    data: { fields: [{ path: 'url', problem: expect.stringContaining('begins with https') }] },
  })
  const other = await api.notifications.addWebhook({ ...content, name: 'wiki' })
  await expect(api.notifications.editWebhook({ ...content, name: 'WIKI' })).rejects.toMatchObject({
    data: { fields: [{ path: 'name', problem: expect.stringContaining('already') }] },
  })
  await api.notifications.removeWebhook({ id: other.webhook.id })
  const { secret } = await api.notifications.editWebhook({ ...content, hasNewSecret: true })
  expect(secret).toMatch(/^rcwh_/)
  expect(secret).not.toBe(added.secret)
  // Two who change different things at the same time undo nothing of each other.
  const { webhook: after } = await api.notifications.editWebhook({ id, rules: ['silence'] })
  expect(after).toMatchObject({ name: 'Ops', url: content.url, rules: ['silence'], allowsPrivate: true })
  await api.notifications.editWebhook({ id, name: 'On call' })
  expect((await api.notifications.get()).webhooks).toEqual([{ ...after, name: 'On call' }])
  await api.notifications.removeWebhook({ id: added.webhook.id })
  expect((await api.notifications.get()).webhooks).toEqual([])
})

test('what a mail server refuses for good waits among the dead letters, and is tried again', async () => {
  const smtp = await startSmtpServer()
  smtp.treat({ refuse: 550, at: 'recipient' })
  const running = await startApi()
  const { api, engine } = running
  await setUpMail(running, smtp.port)
  await engine.notify.rules.announce({
    key: 'backup-failed:1',
    rule: 'backup-failed',
    phase: 'happened',
    at: engine.clock(),
    title: 'A backup failed',
    lines: [],
    facts: {},
  })
  const dead = await eventually(
    () => api.notifications.outbox({ state: 'dead' }),
    ({ total }) => total === 1,
    10_000,
  )
  expect(dead.items).toEqual([
    expect.objectContaining({ channel: 'mail', recipient: 'ops@example.com', title: 'A backup failed', attempts: 1 }),
  ])
  expect(dead.items[0]?.problem).toContain('550')
  smtp.treat('accept')
  expect(await api.notifications.retry({ messages: [dead.items[0]?.id ?? 0] })).toEqual({ count: 1 })
  await eventually(
    () => Promise.resolve(smtp.mails.length),
    (length) => length === 1,
    10_000,
  )
  expect(await api.notifications.outbox({ state: 'dead' })).toEqual({ items: [], total: 0 })
  await expect(api.notifications.drop({ messages: [4711] })).rejects.toMatchObject({ code: 'REFUSED' })
})

test('a welcome mail is looked at and tried before it is saved, and off until it is switched on', async () => {
  const smtp = await startSmtpServer()
  const running = await startApi()
  const { api, slug, scim } = running
  await setUpMail(running, smtp.port)
  const before = await api.notifications.welcome({ slug })
  expect(before).toMatchObject({ isEnabled: false, enabledSince: null, template: { html: null } })
  const template = { subject: 'Hello {{displayName}}', text: 'Sign in as {{userName}}.', html: null }
  const draft = await api.notifications.previewWelcome({ slug, template })
  expect(draft).toEqual({ subject: 'Hello Ada Lovelace', text: expect.stringContaining('ada@example.com'), html: null })
  await scim.create('/Users', user({ userName: 'bo@example.com', displayName: '<b>Bo</b>' }))
  expect((await api.notifications.previewWelcome({ slug, template, userName: 'bo@example.com' })).subject).toBe(
    'Hello <b>Bo</b>',
  )
  await expect(
    api.notifications.previewWelcome({ slug, template: { ...template, subject: '{{nobody}}' } }),
  ).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringContaining('There is no placeholder {{nobody}}') })
  expect((await api.notifications.welcome({ slug })).template).toEqual(before.template)
  expect(await api.notifications.testWelcome({ slug, template, to: 'me@example.com' })).toMatchObject({
    isDelivered: true,
  })
  expect(smtp.mails[0]?.header('subject')).toBe('Hello Ada Lovelace')
  expect(await api.notifications.setWelcome({ slug, isEnabled: true, template })).toMatchObject({
    isEnabled: true,
    enabledSince: expect.any(Number),
    template,
  })
})

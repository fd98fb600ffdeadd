import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Secret } from '../../secret.ts'
import { hasOpenssl } from '../../../../test/certificate.ts'
import { selfMadeCertificate } from '../../tls/self-made-certificate.fixture.ts'
import { startNotifiedDay, type NotifiedDay } from '../test-notifier.fixture.ts'
import { startSmtpServer } from './smtp-server.fixture.ts'

const minute = 60_000

/** A cycle at 08:00 in which everybody is created, and one at 08:40 in which two of them fail. */
async function failingCycle({ day, entra, lookAt }: NotifiedDay): Promise<readonly string[]> {
  await lookAt('07:00')
  day.until('08:00')
  entra.probe()
  const users = ['ana', 'bob', 'cy', 'di'].map((name) => entra.provision({ userName: `${name}@example.com` }).id)
  await lookAt('08:30')
  day.until('08:40')
  entra.probe()
  entra.update(users[0] ?? '', { userName: 'bob@example.com' })
  entra.update(users[2] ?? '', { userName: 'di@example.com' })
  return users
}

describe('a mail about failures', () => {
  it('is one for a cycle, says who failed, what was answered and what to do, and is sent once', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port, ['ops@example.com', 'it@example.com'])
    await failingCycle(watched)
    await watched.lookAt('08:45')
    expect(smtp.mails).toHaveLength(0) // the cycle may still go on
    await watched.lookAt('09:00')
    await watched.look()
    expect(new Set(smtp.mails.flatMap((mail) => mail.to))).toEqual(new Set(['it@example.com', 'ops@example.com']))
    expect(smtp.mails).toHaveLength(2)
    const [mail] = smtp.mails
    expect(mail?.from).toBe('rollcall@example.com')
    expect(mail?.header('from')).toBe('Rollcall <rollcall@example.com>')
    expect(mail?.header('subject')).toBe('[Rollcall] 2 requests of Entra ID for Entra failed')
    expect(mail?.header('auto-submitted')).toBe('auto-generated')
    expect(mail?.header('message-id')).toMatch(/^<[0-9a-f]{40}@example\.com>$/)
    for (const part of ['ana@example.com', 'cy@example.com', 'is already taken', 'Rename or delete', '2 conflict'])
      expect(mail?.raw.replaceAll('=\r\n', '')).toContain(part)
    expect(new Set(smtp.mails.map((each) => each.header('message-id'))).size).toBe(2)
    expect(watched.admin.outbox.list('delivered', 10)).toMatchObject([{ attempts: 1 }, { attempts: 1 }])
    expect(watched.troubles).toEqual([])
  })

  it('is followed by one that says that it is over, once nobody fails any more', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    const users = await failingCycle(watched)
    await watched.lookAt('09:00')
    watched.day.until('09:20')
    watched.entra.probe()
    await watched.lookAt('09:40')
    // A clean cycle in which nobody was tried again proves nothing.
    expect(smtp.mails).toHaveLength(1)
    watched.day.until('15:20')
    watched.entra.probe()
    watched.entra.update(users[0] ?? '', { userName: 'ana2@example.com' })
    watched.entra.update(users[2] ?? '', { userName: 'cy2@example.com' })
    await watched.lookAt('15:40')
    await watched.look()
    expect(smtp.mails.map((mail) => mail.header('subject'))).toEqual([
      '[Rollcall] 2 requests of Entra ID for Entra failed',
      '[Rollcall] Nobody fails any more in Entra',
    ])
  })

  it('is not sent for what was over before anybody looked, nor with the rule switched off', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    const { day, entra } = watched
    day.until('08:00')
    entra.probe()
    const users = ['ana', 'bob'].map((name) => entra.provision({ userName: `${name}@example.com` }).id)
    day.until('08:40')
    entra.probe()
    entra.update(users[0] ?? '', { userName: 'bob@example.com' })
    await watched.lookAt('09:00')
    await watched.admin.rules.setRule('cycle-failures', { isEnabled: false })
    day.until('09:20')
    entra.probe()
    entra.update(users[0] ?? '', { userName: 'bob@example.com' })
    await watched.lookAt('09:40')
    expect(smtp.mails).toHaveLength(0)
  })

  it('goes on after the journal was deleted, so that its numbers began anew', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    watched.day.directory.connection.prepare("insert into notify_marks values ('cycles:1', 1000000)").run()
    await failingCycle(watched)
    await watched.lookAt('09:00')
    expect(smtp.mails).toHaveLength(1)
  })

  it('draws names that came over the wire as text', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await watched.lookAt('07:00')
    watched.day.directory.connection
      .prepare('update integrations set name = ?')
      .run('Entra\r\nBcc: everybody@example.com\r\n\r\n<b>x</b>')
    watched.day.until('08:00')
    watched.entra.probe()
    watched.entra.provision({ userName: 'ana@example.com' })
    watched.entra.provision({ userName: 'bob@example.com' })
    watched.day.send('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'admin',
      displayName: '<script>alert(1)</script>',
    })
    watched.day.send('GET', '/Users?filter=userName+eq+%22%3Cimg+src%3Dx%3E%22')
    await watched.lookAt('09:00')
    const [mail] = smtp.mails
    expect(mail?.to).toEqual(['ops@example.com'])
    expect(mail?.header('bcc')).toBe('')
    expect(mail?.header('subject')).toContain('Entra Bcc: everybody@example.com <b>x</b>')
    const html = mail?.raw.slice(mail.raw.indexOf('text/html')) ?? ''
    expect(html).toContain('&lt;b&gt;x&lt;/b&gt;')
    expect(html).not.toMatch(/<b>|<script|<img/)
  })
})

describe('a mail server', () => {
  it('that refuses for the time being gets the mails later, in their order, and the others theirs at once', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    const { day, admin } = watched
    await watched.setUpMail(smtp.port)
    const announce = (n: number) =>
      admin.rules.announce({
        key: `job:${n}`,
        rule: 'job-finished',
        phase: 'happened',
        at: day.now(),
        title: `Job ${n}`,
        lines: [],
        facts: {},
      })
    await admin.rules.setRule('job-finished', { byMail: true })
    smtp.treat({ refuse: 451, at: 'data' })
    await announce(1)
    await announce(2)
    await watched.look()
    expect(admin.outbox.list('waiting', 10)).toMatchObject([
      { title: 'Job 1', attempts: 1, retryAt: day.now() + 30_000 },
      { title: 'Job 2', attempts: 0 },
    ])
    await admin.rules.change({ recipients: ['ops@example.com', 'other@example.com'] })
    smtp.treat('accept')
    await announce(3)
    await watched.look()
    expect(smtp.mails.map((mail) => mail.header('subject'))).toEqual(['[Rollcall] Job 3'])
    day.wait(31_000)
    await watched.look()
    expect(smtp.mails.map((mail) => mail.header('subject'))).toEqual([
      '[Rollcall] Job 3',
      '[Rollcall] Job 1',
      '[Rollcall] Job 2',
      '[Rollcall] Job 3',
    ])
    expect(admin.outbox.list('waiting', 10)).toEqual([])
  })

  it('that refuses for ever ends in the list of dead letters, from where it can be tried again or dropped', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    const { admin } = watched
    await watched.setUpMail(smtp.port)
    await failingCycle(watched)
    smtp.treat({ refuse: 550, at: 'recipient' })
    await watched.lookAt('09:00')
    const [dead] = admin.outbox.list('dead', 10)
    expect(dead).toMatchObject({ recipient: 'ops@example.com', attempts: 1, rule: 'cycle-failures' })
    expect(dead?.problem).toContain('550')
    await watched.look()
    expect(smtp.mails).toHaveLength(0)
    smtp.treat('accept')
    expect(await admin.outbox.retry('all')).toBe(1)
    await watched.look()
    expect(smtp.mails).toHaveLength(1)
    expect(admin.outbox.list('dead', 10)).toEqual([])
    await expect(admin.outbox.drop([4711])).rejects.toThrow('There is no message 4711')
  })

  it('that does not answer is asked again later, under the same Message-ID, and is not sent twice what it took', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay({ attemptMs: 1500 })
    await watched.setUpMail(smtp.port)
    await failingCycle(watched)
    smtp.treat('hang')
    await watched.lookAt('09:00')
    const [waiting] = watched.admin.outbox.list('waiting', 10)
    expect(waiting).toMatchObject({ attempts: 1, isBeingSent: false })
    smtp.treat('accept')
    watched.day.wait(2 * minute)
    await watched.look()
    watched.day.wait(2 * minute)
    await watched.look()
    expect(smtp.mails).toHaveLength(1)
    const [first = '', ...others] = smtp.tried
    expect(others).toEqual([first])
  })

  it('is shown as due, and not in a month, what a clock that was far ahead has put off', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await failingCycle(watched)
    await smtp.stop()
    await watched.lookAt('09:00')
    watched.day.jump(-30 * 24 * 60 * minute)
    const [waiting] = watched.admin.outbox.list('waiting', 10)
    expect(waiting?.attempts).toBe(1)
    expect(waiting?.retryAt).toBeLessThanOrEqual(watched.day.now())
  })

  it('that is away for long gets nothing after a day and a half of attempts, and no mail is lost', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await failingCycle(watched)
    await smtp.stop()
    await watched.lookAt('09:00')
    for (let n = 0; n < 20; n += 1) {
      watched.day.jump(6 * 60 * minute)
      await watched.notifier.send()
      await watched.notifier.idle()
    }
    const [dead] = watched.admin.outbox.list('dead', 10)
    expect(dead).toMatchObject({ attempts: 14, rule: 'cycle-failures' })
    expect(dead?.problem).toMatch(/^The mail server does not answer: nothing listens at 127\.0\.0\.1:\d+\./)
  })

  it('is never sent the same by two servers on one data directory', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    const other = watched.another()
    await failingCycle(watched)
    await other.look()
    watched.day.until('09:00')
    await Promise.all([watched.notifier.look(), other.look()])
    await Promise.all([watched.notifier.idle(), other.idle()])
    expect(smtp.mails).toHaveLength(1)
  })

  it('gets from a new process at once what the one before it was sending when it died', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await failingCycle(watched)
    smtp.treat({ refuse: 451, at: 'data' })
    await watched.lookAt('09:00')
    smtp.treat('accept')
    const claim = watched.day.directory.connection.prepare(
      'update outbox set claimed_by = ?, claimed_until = ?, retry_at = null',
    )
    const until = watched.day.now() + minute
    claim.run('elsewhere 1 x x', until)
    await watched.look()
    expect(smtp.mails).toHaveLength(0) // another machine may be at it
    // A process of this machine that has the number of one that runs, and is not that one, as in a container.
    claim.run(`${hostname()} ${process.pid} before x`, until)
    await watched.look()
    expect(smtp.mails).toHaveLength(1)
  })
})

describe('the way to a mail server', () => {
  const test = async (watched: NotifiedDay) => watched.admin.mail.send('ops@example.com')

  it.skipIf(!hasOpenssl)('is encrypted by STARTTLS or from the first byte, and signed in to', async () => {
    const { cert, key } = selfMadeCertificate()
    for (const security of ['starttls', 'tls'] as const) {
      const smtp = await startSmtpServer({
        cert,
        key,
        secure: security === 'tls',
        authOptional: false,
        onAuth: ({ username, password }, _session, done) =>
          done(password === 'right' ? null : new Error('wrong'), { user: username ?? '' }),
      })
      const watched = startNotifiedDay()
      const set = (password: string, ca: string | undefined) =>
        watched.admin.mail.set(
          {
            host: '127.0.0.1',
            port: smtp.port,
            security,
            user: 'mailer',
            from: 'rollcall@example.com',
            ...(ca === undefined ? {} : { ca }),
          },
          new Secret(password),
        )
      await set('right', cert)
      expect(await test(watched)).toEqual({ kind: 'delivered' })
      expect(smtp.mails).toMatchObject([{ isEncrypted: true, user: 'mailer', to: ['ops@example.com'] }])
      expect(watched.vault.secrets.get('smtp:password')).toBe('right')
      expect(watched.day.directory.store.settings.get('smtp')).not.toContain('right')
      await set('wrong', cert)
      expect(await test(watched)).toMatchObject({
        kind: 'failed',
        problem: expect.stringContaining('Check the user and the password'),
      })
      // A certificate that nobody vouches for is not taken.
      await set('right', undefined)
      expect(await test(watched)).toEqual({ kind: 'failed', problem: expect.stringContaining('--ca FILE') })
      expect(smtp.mails).toHaveLength(1)
    }
  })

  it('without encryption leads to this machine only, and one that offers none is not used where it is wanted', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    const settings = { port: smtp.port, from: 'rollcall@example.com' }
    await expect(
      watched.admin.mail.set({ ...settings, host: 'mail.example.com', security: 'none' }, undefined),
    ).rejects.toThrow('a server on this machine only')
    await watched.admin.mail.set({ ...settings, host: '127.0.0.1', security: 'starttls' }, undefined)
    expect(await test(watched)).toMatchObject({ kind: 'failed' })
    await watched.admin.mail.set({ ...settings, host: '127.0.0.1', security: 'tls' }, undefined)
    expect(await test(watched)).toEqual({
      kind: 'failed',
      problem:
        'The mail server does not speak TLS at this port. Choose the encryption that belongs to it: tls is usual at 465, starttls at 587.',
    })
    expect(smtp.mails).toHaveLength(0)
    for (const host of ['127.0.0.1', 'LOCALHOST']) {
      await watched.admin.mail.set({ ...settings, host, security: 'none' }, undefined)
      expect(await test(watched)).toEqual({ kind: 'delivered' })
    }
  })

  it.each([
    ['554 no service for you', 'The mail server turns this machine away: 554 no service for you.'],
    [
      'HTTP/1.1 400 Bad Request',
      'What answers at this port is no mail server: HTTP/1.1 400 Bad Request. Check host and port.',
    ],
  ])('that is greeted with %j says what that means', async (greeting, problem) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end(`${greeting}\r\n`))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const watched = startNotifiedDay()
    await watched.admin.mail.set({ host: '127.0.0.1', port, security: 'none', from: 'a@example.com' }, undefined)
    expect(await test(watched)).toEqual({ kind: 'failed', problem })
  })

  it('shows no password, and keeps it until the user changes', async () => {
    const watched = startNotifiedDay()
    const settings = {
      host: '127.0.0.1',
      port: 2525,
      security: 'none',
      user: 'mailer',
      from: 'rollcall@example.com',
    } as const
    await expect(watched.admin.mail.set(settings, undefined)).rejects.toThrow('A user needs a password')
    await watched.admin.mail.set(settings, new Secret('hunter2'))
    expect(JSON.stringify(watched.admin.mail.show())).not.toContain('hunter2')
    expect(await watched.admin.mail.set({ ...settings, port: 2526 }, undefined)).toMatchObject({ hasPassword: true })
    await expect(watched.admin.mail.set({ ...settings, user: 'else' }, undefined)).rejects.toThrow('needs a password')
    const { user, ...nobody } = settings
    expect(await watched.admin.mail.set(nobody, undefined)).toMatchObject({ hasPassword: false })
    expect(watched.vault.secrets.size).toBe(0)
    await watched.admin.mail.set({ ...nobody, user }, new Secret('hunter2'))
    await watched.admin.mail.remove()
    expect(watched.admin.mail.show()).toBeUndefined()
    expect(watched.vault.secrets.size).toBe(0)
  })

  it.each([
    [{ port: 0 }, 'no port from 1 to 65535'],
    [{ port: 70_000 }, 'no port from 1 to 65535'],
    [{ ca: 'text' }, 'as PEM'],
    [{ ca: '-----BEGIN PRIVATE KEY-----' }, 'without its private key'],
  ])('is not replaced by one that leads nowhere, such as %j', async (wrong, problem) => {
    const watched = startNotifiedDay()
    const settings = { host: '127.0.0.1', port: 2525, security: 'tls', from: 'rollcall@example.com' } as const
    await watched.admin.mail.set(settings, undefined)
    await expect(watched.admin.mail.set({ ...settings, ...wrong }, undefined)).rejects.toThrow(problem)
    expect(watched.admin.mail.show()).toMatchObject({ port: 2525, hasCa: false })
  })

  it.each([
    'ops@example.com\r\nBcc: x@example.com',
    'ops@example.com, x@example.com',
    '"ops x"@example.com',
    '<ops@example.com>',
    'ops@exa mple.com',
    'ops',
    '@example.com',
    'ops@-x.com',
    '',
  ])('takes no recipient such as %j', async (address) => {
    const watched = startNotifiedDay()
    await expect(watched.admin.mail.send(address)).rejects.toThrow('is no e-mail address')
    await expect(watched.admin.rules.change({ recipients: [address] })).rejects.toThrow('is no e-mail address')
  })

  it('is told of a sender that is none at once, however many blanks are in it', async () => {
    const { admin } = startNotifiedDay()
    const from = `Rollcall${' '.repeat(3000)}x`
    await expect(admin.mail.set({ host: '127.0.0.1', port: 2525, security: 'none', from }, undefined)).rejects.toThrow(
      'The sender is wrong',
    )
  })
})

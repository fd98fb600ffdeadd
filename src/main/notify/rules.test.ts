import { describe, expect, it } from 'vitest'
import { hasOpenssl } from '../../../test/certificate.ts'
import { selfMadeCertificate } from '../tls/self-made-certificate.fixture.ts'
import type { Probe } from './endpoint-monitor.ts'
import { freePort } from '../../../test/free-port.ts'
import type { TestSmtpServer } from '../../../test/smtp-server.ts'
import { startSmtpServer } from './mail/smtp-server.fixture.ts'
import type { Notifier } from './notifier.ts'
import { startNotifiedDay } from './test-notifier.fixture.ts'

const minute = 60_000
const day = 24 * 60 * minute

function subjects(smtp: TestSmtpServer): readonly string[] {
  return smtp.mails.map((mail) => mail.header('subject').replace('[Rollcall] ', ''))
}

describe('the rules', () => {
  it('tell of a refused token, once, and when requests get in again', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    watched.day.until('08:00')
    watched.day.refuse(401, 'token-unknown')
    watched.day.refuse(401, 'token-unknown')
    await watched.lookAt('08:01')
    expect(subjects(smtp)).toEqual([]) // two can be anybody's
    for (let n = 0; n < 10; n += 1) watched.day.refuse(401, 'token-unknown')
    await watched.lookAt('08:02')
    watched.day.refuse(401, 'token-unknown')
    await watched.lookAt('08:10')
    watched.entra.probe()
    await watched.lookAt('08:20')
    await watched.lookAt('08:21')
    expect(subjects(smtp)).toEqual([
      'Requests for Entra are refused: the token is not known here',
      'Requests for Entra get in again',
    ])
    expect(smtp.mails[0]?.raw).toContain('rollcall tokens rotate entra')
  })

  it('tell of silence after regular cycles and of a quarantine, and that they are over', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    for (const clock of ['08:00', '08:40', '09:20']) {
      watched.day.until(clock)
      watched.entra.probe()
      watched.entra.provision({ userName: `${clock.replace(':', '')}@example.com` })
      watched.entra.provision({ userName: `${clock.replace(':', '')}b@example.com` })
      await watched.look()
    }
    await watched.lookAt('10:45')
    expect(subjects(smtp)).toEqual([])
    await watched.lookAt('11:00')
    await watched.lookAt('11:30')
    watched.day.until('+1 09:20')
    watched.entra.probe()
    await watched.lookAt('+1 10:00')
    expect(subjects(smtp)).toEqual([
      'Entra ID has sent nothing for Entra in the last 1 h 39 min',
      'Entra may be in quarantine',
      'Requests from Entra ID for Entra come again',
    ])
    expect(smtp.mails[1]?.raw).toContain('Cycles have become a day apart.')
  })

  it('advise the right URL where the token is right and comes to another one', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    watched.day.until('08:00')
    for (let n = 0; n < 10; n += 1) watched.day.refuse(401, 'other-integration')
    await watched.lookAt('08:02')
    expect(subjects(smtp)).toEqual(['Requests for Entra are refused: they came to a SCIM URL that is not its own'])
    expect(smtp.mails[0]?.raw).toContain('The token is right.')
    expect(smtp.mails[0]?.raw).not.toContain('tokens rotate')
  })

  it('say nothing more of an integration that has been deleted, nor that anything is over', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    const { store } = watched.day.directory
    await watched.setUpMail(smtp.port)
    watched.day.until('08:00')
    for (let n = 0; n < 10; n += 1) watched.day.refuse(401, 'token-unknown')
    await watched.lookAt('08:02')
    const [alert] = store.alerts.all()
    await watched.administer('delete-integration', { slug: 'entra' })
    expect(store.alerts.all()).toEqual([])
    // The notifier may have looked a moment before.
    if (alert) await watched.administer('tell', { changes: [{ kind: 'raise', alert, messages: [] }] })
    expect(store.alerts.all()).toEqual([])
    await watched.lookAt('08:10')
    await watched.lookAt('+1 08:10')
    expect(subjects(smtp)).toEqual(['Requests for Entra are refused: the token is not known here'])
    expect(alert?.rule).toBe('bad-token')
  })

  it('throw away what waits to be told of an integration that is deleted', async () => {
    const watched = startNotifiedDay()
    const { store } = watched.day.directory
    await watched.setUpMail(await freePort())
    watched.day.until('08:00')
    for (let n = 0; n < 10; n += 1) watched.day.refuse(401, 'token-unknown')
    await watched.lookAt('08:02')
    expect(store.outbox.waiting(10)).toHaveLength(1)
    await watched.administer('delete-integration', { slug: 'entra' })
    expect(store.outbox.waiting(10)).toEqual([])
  })

  it('take neither the silence of days nor a pause of the admin for an end of silence', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    for (const clock of ['08:00', '08:40']) {
      watched.day.until(clock)
      watched.entra.probe()
      watched.entra.provision({ userName: `${clock.replace(':', '')}@example.com` })
      watched.entra.provision({ userName: `${clock.replace(':', '')}b@example.com` })
    }
    await watched.lookAt('11:00')
    await watched.lookAt('+2 11:00')
    expect(subjects(smtp)).toHaveLength(1)
    watched.day.directory.administer('set-integration-state', { slug: 'entra', state: 'paused' })
    await watched.lookAt('+2 12:00')
    expect(subjects(smtp)).toHaveLength(1)
  })

  it('do not take for an end of silence that the server was down, nor tell of the same silence again', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    for (const clock of ['08:00', '08:40', '09:20']) {
      watched.day.until(clock)
      watched.entra.probe()
    }
    await watched.lookAt('11:30')
    watched.day.jump(60 * 3_600_000)
    watched.day.restart()
    await watched.lookAt('+2 23:40')
    await watched.lookAt('+3 02:00')
    expect(subjects(smtp)).toEqual(['Entra ID has sent nothing for Entra in the last 2 h 9 min'])
    watched.entra.probe()
    await watched.lookAt('+3 02:10')
    expect(subjects(smtp)[1]).toBe('Requests from Entra ID for Entra come again')
  })

  it('tell of a token 30, 7 and 1 days before it ends, the nearest only, and when it has been replaced', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    const issue = (prefix: string, days: number) =>
      watched.administer('issue-token', {
        slug: 'entra',
        prefix,
        overlapMs: 0,
        expiresAt: watched.day.now() + days * day,
      })
    await issue('rc_one', 31)
    await watched.look()
    for (const days of [2, 22, 3, 2, 1, 1]) {
      watched.day.jump(days * day)
      await watched.look()
      await watched.look()
    }
    await issue('rc_two', 100)
    await watched.look()
    expect(subjects(smtp)).toEqual([
      'The token of Entra expires in 29 days',
      'The token of Entra expires in 7 days',
      'The token of Entra expires in 1 day',
      'The token of Entra has expired',
      'The token of Entra is no longer due for rotation',
    ])
  })

  it('tell of a token that is old enough to be replaced, and once more before it ends', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await watched.administer('set-setting', { name: 'rotation_days', value: '100' })
    await watched.administer('issue-token', {
      slug: 'entra',
      prefix: 'rc_one',
      overlapMs: 0,
      expiresAt: watched.day.now() + 150 * day,
    })
    for (const days of [50, 40, 20, 35]) {
      watched.day.jump(days * day)
      await watched.look()
    }
    expect(subjects(smtp)).toEqual([
      'The token of Entra is due for rotation in 10 days',
      'The token of Entra is due for rotation now',
      'The token of Entra expires in 5 days',
    ])
    expect(smtp.mails[0]?.raw).toContain('issued 90 days ago, and is to be replaced after 100.')
  })

  it('tell when the public URL no longer leads to the endpoint, if it ever did', async () => {
    const smtp = await startSmtpServer()
    let found: Probe = { problem: 'connect ECONNREFUSED', validTo: undefined }
    const watched = startNotifiedDay({
      publicUrl: () => 'https://scim.example.com',
      probe: () => Promise.resolve(found),
    })
    await watched.setUpMail(smtp.port)
    const probe = async () => {
      await watched.notifier.probe()
      watched.day.wait(minute)
      await watched.look()
    }
    for (let n = 0; n < 5; n += 1) await probe()
    expect(subjects(smtp)).toEqual([]) // many a firewall lets nobody out and in again
    found = { problem: undefined, validTo: undefined }
    await probe()
    found = { problem: 'it answered 502', validTo: undefined }
    await probe()
    await probe()
    expect(subjects(smtp)).toEqual([])
    await probe()
    await probe()
    found = { problem: undefined, validTo: undefined }
    await probe()
    expect(subjects(smtp)).toEqual([
      'The endpoint cannot be reached at https://scim.example.com',
      'The endpoint can be reached again at https://scim.example.com',
    ])
    expect(smtp.mails[0]?.raw).toContain('it answered 502')
  })

  it.skipIf(!hasOpenssl)('tell of a certificate that runs out', async () => {
    const smtp = await startSmtpServer()
    const { cert } = selfMadeCertificate(2)
    const watched = startNotifiedDay({ certificate: () => cert })
    await watched.setUpMail(smtp.port)
    watched.day.jump(Date.now() - watched.day.now())
    await watched.look()
    await watched.look()
    expect(subjects(smtp).filter((each) => each.includes('certificate'))).toEqual([
      "The endpoint's certificate expires in 2 days",
    ])
    // It is taken over while the server runs.
    const raw = smtp.mails.map((each) => each.raw).find((each) => each.includes('certificate'))
    expect(raw?.replaceAll('=\r\n', '')).toContain(
      "Renew it. The endpoint's own is in use as soon as its files are written anew.",
    )
  })

  it('tell of the certificate at the public URL 14, 7 and 1 days before it ends, then that it has, and when it is renewed', async () => {
    const smtp = await startSmtpServer()
    let validTo: number | undefined
    const watched = startNotifiedDay({
      publicUrl: () => 'https://scim.example.com',
      probe: () => Promise.resolve({ problem: undefined, validTo }),
    })
    await watched.setUpMail(smtp.port)
    const end = watched.day.now() + 20 * day
    const lookBefore = async (days: number) => {
      watched.day.jump(end - days * day - watched.day.now())
      await watched.notifier.probe()
      await watched.look()
    }
    validTo = end
    for (const days of [15, 14, 13, 7, 6, 1, 0.5, 0, -1]) await lookBefore(days)
    expect(subjects(smtp).filter((each) => each.includes('certificate'))).toEqual([
      'The certificate at the public URL expires in 14 days',
      'The certificate at the public URL expires in 7 days',
      'The certificate at the public URL expires in 1 day',
      'The certificate at the public URL has expired',
    ])
    validTo = end + 90 * day
    await lookBefore(-2)
    expect(subjects(smtp).at(-1)).toBe('The certificate at the public URL has been renewed')
  })

  it('tell nothing of the public URL again after a restart in which it is not reached at first, but that it is over', async () => {
    const smtp = await startSmtpServer()
    const soon: Probe = { problem: undefined, validTo: Date.parse('2026-03-10T00:00:00Z') }
    const down: Probe = { problem: 'it answered 502', validTo: undefined }
    let found = soon
    const parts = { publicUrl: () => 'https://scim.example.com', probe: () => Promise.resolve(found) }
    const watched = startNotifiedDay(parts)
    await watched.setUpMail(smtp.port)
    const look = async (notifier: Notifier, times: number) => {
      for (let n = 0; n < times; n += 1) {
        await notifier.probe()
        watched.day.wait(minute)
        await notifier.look()
        await notifier.idle()
      }
    }
    await look(watched.notifier, 1)
    found = down
    await look(watched.notifier, 5)
    const told = [
      'The certificate at the public URL expires in 8 days',
      'The endpoint cannot be reached at https://scim.example.com',
    ]
    expect(subjects(smtp)).toEqual(told)
    const restarted = watched.another()
    await restarted.look()
    await look(restarted, 2)
    found = soon
    await look(restarted, 2)
    expect(subjects(smtp)).toEqual([...told, 'The endpoint can be reached again at https://scim.example.com'])
  })

  it('tell of a failed backup, and when backups work again', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    const outcome = (problem: string | null) =>
      watched.day.directory.administer('set-setting', {
        name: 'last_backup',
        value: JSON.stringify({ at: watched.day.now(), problem }),
      })
    outcome(null)
    await watched.look()
    outcome('The disk is full.')
    await watched.look()
    await watched.look()
    outcome(null)
    await watched.look()
    expect(subjects(smtp)).toEqual(['The last backup failed', 'Backups work again'])
  })

  it('tell what happened once, whoever announces it again', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await watched.admin.rules.setRule('job-finished', { byMail: true })
    const job = {
      key: 'job:7',
      rule: 'job-finished',
      phase: 'happened',
      at: watched.day.now(),
      title: 'Conversion finished',
      lines: ['1,204 user IDs were converted.'],
      facts: {},
    } as const
    await watched.admin.rules.announce(job)
    await watched.look()
    await watched.admin.rules.announce(job)
    await watched.look()
    expect(subjects(smtp)).toEqual(['Conversion finished'])
  })

  it('tell of a job that ends, also when it is resumed and ends again, but not of what had ended before', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await watched.admin.rules.setRule('job-finished', { byMail: true })
    const { jobs, directories } = watched.day.directory.store
    const end = (state: 'done' | 'failed' | 'cancelled', problem: string | null = null) => {
      const id = jobs.insert({
        directory_id: directories.all()[0]?.id ?? 0,
        kind: 'convert-user-ids',
        lane: `lane ${watched.day.now()}`,
        actor: 'console',
        input: '{}',
        total: 12,
        counts: '{"converted":7}',
        created_at: watched.day.now(),
      })
      jobs.setState(id, state, problem, watched.day.now())
      return id
    }
    watched.day.until('08:00')
    end('done')
    watched.day.until('08:01')
    await watched.look()
    watched.day.until('08:02')
    const id = end('failed', 'The disk is full.')
    await watched.look()
    await watched.look()
    watched.day.until('08:03')
    jobs.setState(id, 'done', null, watched.day.now())
    await watched.look()
    expect(subjects(smtp)).toEqual(['The conversion of user IDs failed', 'The conversion of user IDs has finished'])
    expect(smtp.mails[0]?.raw).toContain('0 of 12 (7 converted)')
    expect(smtp.mails[0]?.raw).toContain('The disk is full.')
  })

  it('tell somebody who is no recipient any more nothing of what still waits', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port, ['ops@example.com', 'gone@example.com'])
    await watched.admin.rules.change({ quietHours: { from: '22:00', to: '06:00' }, zone: 'UTC' })
    watched.day.until('23:00')
    const announced = { key: 'job:1', rule: 'job-finished', phase: 'happened', lines: [], facts: {} } as const
    await watched.admin.rules.setRule('job-finished', { byMail: true })
    await watched.admin.rules.announce({ ...announced, at: watched.day.now(), title: 'Job 1' })
    expect(watched.admin.outbox.list('waiting', 10)).toHaveLength(2)
    await watched.admin.rules.change({ recipients: ['ops@example.com'] })
    await watched.lookAt('+1 07:00')
    expect(smtp.mails.map(({ to }) => to)).toEqual([['ops@example.com']])
    expect(watched.admin.outbox.list('waiting', 10)).toEqual([])
  })

  it('are told on the desktop where there is one', async () => {
    const shown: { readonly title: string; readonly body: string }[] = []
    const watched = startNotifiedDay({ desktop: { show: (each) => void shown.push(each) } })
    watched.day.until('08:00')
    for (let n = 0; n < 12; n += 1) watched.day.refuse(401, 'token-expired')
    await watched.look()
    expect(shown).toMatchObject([{ title: 'Requests for Entra are refused: the token has expired' }])
  })
})

describe('two servers that notice the same', () => {
  it('tell it once, and that it is over once', () => {
    const watched = startNotifiedDay()
    const alert = { rule: 'silence', subject: 'entra', level: '', raised_at: 1, told_at: null, summary: 'over' }
    const message = (key: string) => ({
      key,
      channel: 'mail' as const,
      recipient: 'ops@example.com',
      rule: 'silence',
      content: '{}',
      isDigest: false,
      notBefore: 0,
    })
    const raise = (key: string) =>
      watched.day.directory.administer('tell', { changes: [{ kind: 'raise', alert, messages: [message(key)] }] })
    const end = (key: string) =>
      watched.day.directory.administer('tell', {
        changes: [{ kind: 'end', rule: 'silence', subject: 'entra', messages: [message(key)] }],
      })
    expect([raise('a'), raise('b'), end('c'), end('d')]).toMatchObject([
      { value: 1 },
      { value: 0 },
      { value: 1 },
      { value: 0 },
    ])
    expect(watched.day.directory.store.outbox.waiting(10).map((row) => row.key)).toEqual(['a', 'c'])
  })
})

describe('a digest', () => {
  it('is one mail with everything of its hour, while what is urgent comes at once', async () => {
    const smtp = await startSmtpServer()
    const watched = startNotifiedDay()
    await watched.setUpMail(smtp.port)
    await watched.admin.rules.change({ digest: { kind: 'hourly' } })
    await watched.admin.rules.setRule('job-finished', { byMail: true })
    watched.day.until('08:10')
    for (const n of [1, 2, 3])
      await watched.admin.rules.announce({
        key: `job:${n}`,
        rule: 'job-finished',
        phase: 'happened',
        at: watched.day.now(),
        title: `Job ${n}`,
        lines: [],
        facts: {},
      })
    for (let n = 0; n < 12; n += 1) watched.day.refuse(401, 'token-unknown')
    await watched.look()
    expect(subjects(smtp)).toEqual(['Requests for Entra are refused: the token is not known here'])
    smtp.treat({ refuse: 451, at: 'data' })
    await watched.lookAt('09:00')
    expect(watched.admin.outbox.list('waiting', 10).map((each) => each.attempts)).toEqual([1, 1, 1])
    smtp.treat('accept')
    await watched.lookAt('09:01')
    expect(subjects(smtp).slice(1)).toEqual(['3 notifications'])
    for (const n of [1, 2, 3]) expect(smtp.mails[1]?.raw).toContain(`Job ${n}`)
  })
})

import { describe, expect, it } from 'vitest'
import { withMoments } from '../../contract/spoken-moment.ts'
import { breakDocument } from '../store/broken-document.fixture.ts'
import { company, entraOn } from './entra-day.fixture.ts'
import { startDay } from './test-day.fixture.ts'

const minute = 60_000
const clockOf = (at: number) => new Date(at).toISOString().slice(11, 16)

describe('failures', () => {
  it('are counted by kind and by person, with what was answered and when the person is tried again', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra)
    day.directory.administer('import-users', {
      directory: 'main',
      users: [
        { line: 1, resource: { userName: 'boss@example.com' }, role: 'administrator' },
        {
          line: 2,
          resource: { userName: 'twin1', emails: [{ value: 'twin@example.com', type: 'work' }] },
          role: undefined,
        },
        {
          line: 3,
          resource: { userName: 'twin2', emails: [{ value: 'twin@example.com', type: 'work' }] },
          role: undefined,
        },
      ],
    })
    day.until('08:40')
    entra.probe()
    // A local administrator is out of sight, so that Entra ID creates instead of matching.
    entra.provision({ userName: 'boss@example.com' })
    entra.update(users[0] ?? '', { 'emails[type eq "work"].value': ['no', 'address'] })
    day.send('GET', '/Users?filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22twin%40example.com%22')
    entra.check('gone')
    entra.remove('gone')
    day.until('09:00')
    expect(day.cycles().at(-1)).toMatchObject({
      kind: 'incremental',
      failures: { conflict: 1, invalid: 1, ambiguous: 1 },
    })
    expect(day.status().state).toBe('degraded')
    const failing = day.provisioning.failing('entra')
    expect(failing.map(({ who, kind, status, attempts, isPast }) => ({ who, kind, status, attempts, isPast }))).toEqual(
      [
        { who: 'twin@example.com', kind: 'ambiguous', status: 200, attempts: 1, isPast: false },
        { who: 'person0@example.com', kind: 'invalid', status: 400, attempts: 1, isPast: false },
        { who: 'boss@example.com', kind: 'conflict', status: 409, attempts: 1, isPast: false },
      ],
    )
    const boss = failing.find((each) => each.who === 'boss@example.com')
    expect(boss?.answer).toContain('belongs to a local administrator')
    expect(boss?.advice).toContain('Leave that person out of the assignment')
    expect(boss?.nextRetryAt).toBe((boss?.lastAt ?? 0) + 6 * 60 * minute)
  })

  it('are tried again in the next cycle where the server itself was at fault', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra)
    const [id = ''] = users
    breakDocument(day.directory.dataDir, id)
    day.until('08:40')
    entra.probe()
    entra.update(id, { title: 'Clerk' })
    day.until('09:00')
    const [failing] = day.provisioning.failing('entra')
    expect(failing).toMatchObject({ kind: 'server-error', status: 500, isPast: false })
    expect(failing?.nextRetryAt).toBe((failing?.lastAt ?? 0) + 40 * minute)
  })

  it('are told also of somebody whose name cannot be seen', () => {
    const day = startDay()
    const entra = entraOn(day)
    for (const userName of ['   ', '\u200b']) entra.provision({ userName })
    day.until('08:30')
    expect(day.provisioning.failing('entra').map(({ who }) => who)).toEqual([
      'a user whose name cannot be seen',
      'a user whose name cannot be seen',
    ])
  })

  it('are over once the person succeeds, and no matter of the present when nobody tries again', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra)
    day.until('08:40')
    entra.probe()
    entra.update(users[0] ?? '', { userName: 'person1@example.com' })
    entra.update(users[2] ?? '', { userName: 'person1@example.com' })
    day.until('09:20')
    expect(day.status().state).toBe('degraded')
    entra.probe()
    day.until('14:40')
    expect(day.provisioning.failing('entra').map((each) => each.who)).toEqual([
      'person2@example.com',
      'person0@example.com',
    ])
    entra.probe()
    entra.update(users[0] ?? '', { userName: 'person0b@example.com' })
    day.until('15:20')
    entra.probe()
    day.until('15:30')
    // The cycle after the failure was a clean one, but who failed has not been tried again.
    expect(day.status().state).toBe('healthy')
    expect(day.status().sentence).toMatch(/^1 user still fails\. Incremental cycle from Entra ID, ended /)
    expect(day.provisioning.failing('entra')).toMatchObject([{ who: 'person2@example.com', isPast: false }])
    day.until('+2 12:00')
    expect(day.provisioning.failing('entra')).toMatchObject([
      { who: 'person2@example.com', isPast: true, nextRetryAt: undefined },
    ])
    entra.probe()
    day.until('+2 12:20')
    expect(day.status().state).toBe('healthy')
  })

  it('are not expected to be tried again while the IdP is kept out, and not given up for it', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra)
    day.until('08:40')
    entra.probe()
    entra.update(users[0] ?? '', { userName: 'person1@example.com' })
    day.until('09:00')
    expect(day.provisioning.failing('entra')).toMatchObject([{ nextRetryAt: expect.any(Number), isPast: false }])
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'paused' })
    expect(day.provisioning.failing('entra')).toMatchObject([{ nextRetryAt: undefined, isPast: false }])
    day.until('+4 08:00')
    expect(day.provisioning.failing('entra')).toMatchObject([{ nextRetryAt: undefined, isPast: false }])
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'resumed' })
    day.until('+4 09:00')
    entra.probe()
    // It was due in the pause: it comes with one of the next cycles.
    expect(day.provisioning.failing('entra')).toMatchObject([{ nextRetryAt: undefined, isPast: false }])
    expect(day.status().failing).toEqual({ users: 1, groups: 0 })
    day.until('+5 09:30')
    expect(day.provisioning.failing('entra')).toMatchObject([{ nextRetryAt: undefined, isPast: true }])
  })

  it('of a token that is refused are no cycle, and are over with the first request that gets in', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    day.until('08:40')
    for (let n = 0; n < 12; n += 1) day.refuse(401, 'token-unknown')
    expect(day.status()).toMatchObject({
      state: 'degraded',
      refusals: { count: 12, reason: 'token-unknown' },
      quarantine: { isSuspected: true, because: ['None of the last 12 requests got in.'] },
    })
    expect(withMoments(day.status().sentence, clockOf)).toMatch(
      /^12 requests refused since \d\d:40: the token is not known here\.$/,
    )
    expect(day.cycles()).toHaveLength(1)
    day.until('09:20')
    entra.probe()
    expect(day.status()).toMatchObject({ state: 'healthy', refusals: undefined })
  })

  it('say nothing about the IdP when somebody without a token knocks', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    for (let n = 0; n < 50; n += 1) day.refuse(401, n % 2 === 0 ? 'token-missing' : 'not-bearer')
    expect(day.status()).toMatchObject({ state: 'healthy', refusals: undefined })
  })
})

describe('a quarantine', () => {
  it('is suspected when most changes fail, and when cycles have become a day apart', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra)
    for (const clock of ['08:40', '09:20']) {
      day.until(clock)
      entra.probe()
    }
    day.until('10:00')
    entra.probe()
    for (const user of users) entra.update(user, { userName: 'admin' })
    day.until('10:20')
    expect(day.status()).toMatchObject({
      state: 'degraded',
      quarantine: { isSuspected: true, failures: 5, operations: 5, failuresLeft: 4995 },
    })
    day.until('12:00')
    expect(day.status().state).toBe('silent')
    expect(day.status().sentence).toMatch(
      /^Nothing from Entra ID for 1 h 59 min, after cycles every 40 min: it was stopped, or runs once a day \(quarantine\)\.$/,
    )
    day.until('+1 10:00')
    entra.probe()
    day.until('+1 12:30')
    expect(day.cycles().at(-1)).toEqual({ kind: 'incremental', from: '+1 10:00' })
    expect(day.status()).toMatchObject({
      state: 'degraded',
      quarantine: { isSuspected: true, because: ['Cycles have become a day apart.'] },
    })
    expect(day.status().nextExpectedAt).toBe(Date.parse('2026-03-04T10:00:00Z'))
    day.until('+1 13:00')
    entra.probe()
    day.until('+1 13:40')
    entra.probe()
    day.until('+1 13:50')
    expect(day.status()).toMatchObject({ state: 'healthy', quarantine: { isSuspected: false } })
  })

  it('stays suspected when the connection is tested or somebody is provisioned on demand: the next cycle tells', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra)
    day.until('08:40')
    entra.probe()
    for (const [n, user] of users.slice(0, 4).entries()) entra.update(user, { userName: n < 2 ? 'admin' : `new${n}` })
    day.until('08:55')
    const suspected = {
      state: 'degraded',
      quarantine: { isSuspected: true, because: ['2 of 4 changes failed: half or more.'] },
    }
    expect(day.status()).toMatchObject(suspected)
    entra.testConnection()
    expect(day.status()).toMatchObject(suspected)
    day.until('09:05')
    expect(day.status()).toMatchObject(suspected)
    entra.probe()
    entra.update(users[4] ?? '', { title: 'Chief' })
    expect(day.status()).toMatchObject(suspected)
    day.until('09:15')
    expect(day.cycles().slice(-2)).toMatchObject([{ kind: 'connection-test' }, { kind: 'on-demand' }])
    expect(day.status()).toMatchObject(suspected)
    day.until('09:20')
    entra.probe()
    day.until('09:30')
    expect(day.status().quarantine).toMatchObject({ isSuspected: false })
  })

  it('ends in silence: provisioning was stopped', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    day.until('08:40')
    entra.probe()
    day.until('+2 09:00')
    expect(day.status()).toMatchObject({ state: 'stopped' })
  })
})

import { describe, expect, it } from 'vitest'
import { withMoments } from '../../contract/spoken-moment.ts'
import { entraOn, type Entra, type Person } from './entra-day.fixture.ts'
import { startDay, type Day } from './test-day.fixture.ts'

const minute = 60_000
const clockOf = (at: number) => new Date(at).toISOString().slice(11, 16)

function people(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, n) => ({ userName: `person${n}@example.com` }))
}

function groups(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `Team ${n}`)
}

interface Company {
  readonly users: readonly string[]
  readonly groups: readonly string[]
}

/** An initial cycle: users, then groups, then managers and members. */
function initialCycle(entra: Entra, persons: readonly Person[], names: readonly string[]): Company {
  entra.probe()
  const users = persons.map((person) => entra.provision(person).id)
  const made = names.map((name) => entra.provisionGroup(name).id)
  const [chief = ''] = users
  for (const user of users.slice(1, 11)) entra.setManager(user, chief)
  for (const [n, group] of made.entries()) entra.addMembers(group, users.slice(n * 5, n * 5 + 5))
  return { users, groups: made }
}

/** A company whose initial cycle began at 08:00. */
function company(day: Day, entra: Entra, users = 5): Company {
  day.until('08:00')
  return initialCycle(entra, people(users), groups(1))
}

describe('a day of Entra ID', () => {
  it('is told as its test, its run on demand, its initial and its incremental cycles', () => {
    const day = startDay()
    const entra = entraOn(day)

    day.until('07:00')
    expect(day.status()).toMatchObject({ state: 'waiting', sentence: 'Waiting for the first request from Entra ID.' })
    entra.testConnection()
    day.until('07:20')
    expect(day.status()).toMatchObject({ state: 'healthy' })

    entra.probe()
    const onDemand = entra.provision({ userName: 'trial@example.com' }).id
    day.until('08:00')

    const { users, groups: teams } = initialCycle(entra, people(500), groups(20))
    expect(day.status()).toMatchObject({ state: 'healthy', running: { kind: 'initial' } })

    day.until('08:40')
    entra.probe()
    day.until('09:20')
    entra.probe()
    for (const user of users.slice(0, 3)) entra.update(user, { title: 'Chief' })
    entra.check(users[3] ?? '')
    entra.disable(users[4] ?? '')
    entra.removeMember(teams[0] ?? '', users[1] ?? '')
    day.until('10:00')
    entra.probe()
    entra.enable(users[4] ?? '')
    entra.remove(users[499] ?? '')
    entra.remove(onDemand)
    entra.provision({ userName: 'new@example.com' })
    day.until('10:30')

    expect(day.cycles()).toEqual([
      { kind: 'connection-test', from: '07:00' },
      { kind: 'on-demand', from: '07:20', users: { seen: 1, created: 1 } },
      {
        kind: 'initial',
        from: '08:00',
        users: { seen: 500, created: 500 },
        groups: { seen: 20, created: 20 },
        members: [100, 0],
      },
      { kind: 'incremental', from: '08:40' },
      {
        kind: 'incremental',
        from: '09:20',
        users: { seen: 5, matched: 5, updated: 3, unchanged: 1, disabled: 1 },
        groups: { seen: 1, updated: 1 },
        members: [0, 1],
      },
      {
        kind: 'incremental',
        from: '10:00',
        users: { seen: 4, matched: 1, created: 1, restored: 1, deleted: 2 },
      },
    ])
    expect(day.status()).toMatchObject({ state: 'healthy', quarantine: { isSuspected: false, failures: 0 } })
    expect(day.status().nextExpectedAt).toBe(Date.parse('2026-03-02T10:40:00Z'))
    expect(day.troubles).toEqual([])
  })

  it('goes on where it was when the server is restarted in the middle of a cycle', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    const first = people(40).map((person) => entra.provision(person).id)
    day.restart()
    day.wait(2 * minute)
    // Somebody whom the cycle has counted already is not counted anew.
    entra.setManager(first[0] ?? '', first[1] ?? '')
    for (const { userName } of people(60).slice(40)) entra.provision({ userName })
    day.until('08:30')
    expect(day.cycles()).toEqual([{ kind: 'initial', from: '08:00', users: { seen: 60, created: 60 } }])
  })

  it('begins an initial cycle anew when nearly everybody is matched again', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra, 20)
    day.until('08:40')
    entra.probe()
    day.until('09:05')
    entra.probe()
    for (const person of people(20)) entra.check(entra.provision(person).id)
    day.until('09:30')
    expect(day.cycles().at(-1)).toEqual({
      kind: 'initial',
      from: '09:05',
      users: { seen: 20, matched: 20, unchanged: 20 },
    })
  })

  it('takes the first cycle of a single person for a run on demand until the next one comes by the clock', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    entra.provision({ userName: 'only@example.com' })
    day.until('08:30')
    expect(day.cycles().map((each) => each.kind)).toEqual(['on-demand'])
    day.until('08:40')
    entra.probe()
    day.until('09:00')
    expect(day.cycles().map((each) => each.kind)).toEqual(['initial', 'incremental'])
  })

  it('tells a run on demand from the cycle that it falls between', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users, groups: teams } = company(day, entra)
    day.until('08:40')
    entra.probe()
    day.until('08:55')
    entra.probe()
    entra.update(users[0] ?? '', { title: 'Chief' })
    expect(day.status().nextExpectedAt).toBe(Date.parse('2026-03-02T09:20:00Z'))
    day.wait(20_000)
    entra.probe()
    entra.update(users[1] ?? '', { title: 'Chief' })
    day.until('09:10')
    entra.probe()
    entra.addMembers(teams[0] ?? '', users.slice(0, 1))
    day.until('09:20')
    entra.probe()
    day.until('09:30')
    expect(day.cycles().slice(1)).toEqual([
      { kind: 'incremental', from: '08:40' },
      { kind: 'on-demand', from: '08:55', users: { seen: 1, matched: 1, updated: 1 } },
      { kind: 'on-demand', from: '08:55', users: { seen: 1, matched: 1, updated: 1 } },
      { kind: 'on-demand', from: '09:10', groups: { seen: 1, unchanged: 1 } },
      { kind: 'incremental', from: '09:20' },
    ])
  })

  it('takes two cycles that follow each other at once for two', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    for (const person of people(30)) {
      entra.provision(person)
      day.wait(2 * minute)
    }
    day.wait(20_000)
    entra.probe()
    entra.provision({ userName: 'late@example.com' })
    entra.provision({ userName: 'later@example.com' })
    day.until('10:00')
    expect(day.cycles()).toEqual([
      { kind: 'initial', from: '08:00', users: { seen: 30, created: 30 } },
      { kind: 'incremental', from: '09:00', users: { seen: 2, created: 2 } },
    ])
  })

  it('lets a cycle go on that paused for some minutes', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    for (const person of people(3)) entra.provision(person)
    day.wait(7 * minute)
    expect(day.status().running).toBeUndefined()
    for (const person of people(6).slice(3)) entra.provision(person)
    expect(day.status().running?.kind).toBe('initial')
    day.until('08:30')
    expect(day.cycles()).toEqual([{ kind: 'initial', from: '08:00', users: { seen: 6, created: 6 } }])
  })

  it('waits longer for the end after memberships', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users, groups: teams } = company(day, entra)
    day.until('08:40')
    entra.probe()
    entra.update(users[0] ?? '', { title: 'Chief' })
    entra.removeMember(teams[0] ?? '', users[1] ?? '')
    day.wait(8 * minute)
    expect(day.status().running).toMatchObject({ kind: 'incremental', activity: { phase: 'references' } })
    day.wait(3 * minute)
    expect(day.status().running).toBeUndefined()
  })

  it('shows a cycle while it runs, with its progress and where the total comes from', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.directory.administer('set-expected-users', { slug: 'entra', users: 50 })
    day.until('08:00')
    entra.probe()
    for (const person of people(10)) entra.provision(person)
    day.wait(3 * minute)
    const status = day.status()
    expect(status.progress).toEqual({ done: 10, total: 50, source: 'expected by you' })
    expect(withMoments(status.sentence, clockOf)).toMatch(
      /^Initial cycle from Entra ID, running for 3 min: 10 users checked, 10 created · next expected about \d\d:40$/,
    )
    day.until('08:40')
    entra.probe()
    for (const userName of ['a@example.com', 'b@example.com']) entra.provision({ userName })
    day.until('09:20')
    entra.probe()
    entra.provision({ userName: 'c@example.com' })
    expect(day.status().progress).toEqual({
      done: 1,
      total: 2,
      source: 'as many as in the last cycle of this kind',
    })
  })

  it('counts what the journal could not record as missing', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    entra.provision({ userName: 'a@example.com' })
    day.lose(7)
    entra.provision({ userName: 'b@example.com' })
    expect(day.status().running?.activity.lost).toBe(7)
  })
})

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
    expect(boss?.advice).toContain('Rename or delete one of the two')
    expect(boss?.nextRetryAt).toBe((boss?.lastAt ?? 0) + 6 * 60 * minute)
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

describe('the switches of the admin', () => {
  it('come before what the traffic says', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    day.until('08:30')
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'paused' })
    day.refuse(503, 'integration-paused')
    expect(day.status().state).toBe('paused')
    expect(day.status().sentence).toMatch(/^Paused since .*: Entra ID is told to come back later\.$/)
    expect(day.cycles()).toHaveLength(1)
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'resumed' })
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'disabled' })
    expect(day.status()).toMatchObject({ state: 'stopped', sentence: 'Switched off: every request is refused.' })
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'enabled' })
    day.directory.administer('void-tokens', { slug: 'entra' })
    expect(day.status()).toMatchObject({ state: 'stopped' })
    expect(day.status().sentence).toMatch(/^No token is valid/)
  })

  it('leave nothing behind of a present failure or of silence, once the IdP may come in again', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    day.until('08:40')
    entra.probe()
    const { administer } = day.directory
    const knock = (status: number, code: string) => {
      for (const clock of ['+1 09:20', '+1 10:00', '+1 10:40']) {
        day.until(clock)
        for (let n = 0; n < 3; n += 1) day.refuse(status, code)
      }
    }
    administer('set-integration-state', { slug: 'entra', state: 'disabled' })
    knock(403, 'integration-disabled')
    administer('set-integration-state', { slug: 'entra', state: 'enabled' })
    expect(day.status()).toMatchObject({ state: 'healthy', refusals: undefined, overdueSince: undefined })
    expect(day.status().quarantine?.isSuspected).not.toBe(true)
    administer('set-integration-state', { slug: 'entra', state: 'paused' })
    day.until('+1 14:00')
    day.refuse(503, 'integration-paused')
    administer('set-integration-state', { slug: 'entra', state: 'resumed' })
    expect(day.status()).toMatchObject({ state: 'healthy', overdueSince: undefined })
    for (let n = 0; n < 3; n += 1) day.refuse(403, 'administrator-inactive')
    expect(day.status()).toMatchObject({ state: 'healthy', refusals: undefined })
    const resource = { userName: 'manager', active: true }
    administer('import-users', { directory: 'main', users: [{ line: 1, resource, role: 'user-manager' }] })
    administer('set-administrator', { slug: 'entra', userName: 'manager' })
    administer('set-user-standing', { directory: 'main', userName: 'manager', role: 'user', active: undefined })
    expect(day.status()).toMatchObject({ state: 'degraded', refusals: { count: 3 } })
  })

  it('let no cycle be expected, and none be late, while the admin keeps the IdP out', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    day.until('08:40')
    entra.probe()
    const set = (state: 'paused' | 'resumed' | 'disabled' | 'enabled') =>
      day.directory.administer('set-integration-state', { slug: 'entra', state })
    day.until('08:50')
    set('paused')
    expect(day.status()).toMatchObject({ state: 'paused', hold: 'paused', nextExpectedAt: undefined })
    set('resumed')
    expect(day.status()).toMatchObject({ hold: undefined, nextExpectedAt: Date.parse('2026-03-02T09:20:00Z') })
    day.until('12:00')
    expect(day.status()).toMatchObject({ state: 'silent', overdueSince: expect.any(Number) })
    set('paused')
    expect(day.status()).toMatchObject({ state: 'paused', overdueSince: undefined })
    set('disabled')
    expect(day.status()).toMatchObject({ state: 'stopped', hold: 'disabled', overdueSince: undefined })
    set('resumed')
    set('enabled')
    day.directory.administer('void-tokens', { slug: 'entra' })
    // That nobody has a token is more often an accident than a wish.
    expect(day.status()).toMatchObject({
      state: 'stopped',
      hold: 'no token',
      nextExpectedAt: undefined,
      overdueSince: expect.any(Number),
    })
  })

  it('leave no complaint of requests that were refused while it was switched off', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    day.until('08:30')
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'disabled' })
    for (const clock of ['08:40', '09:20', '10:00']) {
      day.until(clock)
      day.refuse(403, 'integration-disabled')
    }
    expect(day.status()).toMatchObject({ state: 'stopped', refusals: { count: 3 } })
    day.directory.administer('set-integration-state', { slug: 'entra', state: 'enabled' })
    expect(day.status()).toMatchObject({
      state: 'healthy',
      refusals: undefined,
      quarantine: { isSuspected: false },
      sentence: expect.stringMatching(/ from Entra ID, ended /),
    })
  })

  it('leave an integration without a token not set up', () => {
    const day = startDay()
    day.directory.administer('void-tokens', { slug: 'entra' })
    expect(day.status()).toMatchObject({ state: 'not set up' })
  })
})

describe('an IdP that could not get in', () => {
  /** Cycles at 08:00, 08:40 and 09:20. */
  function regular() {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    for (const clock of ['08:40', '09:20']) {
      day.until(clock)
      entra.probe()
    }
    const set = (state: 'paused' | 'resumed' | 'disabled' | 'enabled') =>
      day.directory.administer('set-integration-state', { slug: 'entra', state })
    return { day, entra, set }
  }

  it.each(['paused', 'disabled'] as const)('since it was %s for weeks is not late at once', (state) => {
    const { day, set } = regular()
    day.until('09:30')
    set(state)
    day.until('+21 10:00')
    day.refuse(state === 'paused' ? 503 : 403, state === 'paused' ? 'integration-paused' : 'integration-disabled')
    set(state === 'paused' ? 'resumed' : 'enabled')
    expect(day.status()).toMatchObject({ hold: undefined, overdueSince: undefined })
    day.until('+21 11:25')
    expect(day.status()).toMatchObject({ overdueSince: undefined })
    day.until('+21 11:40')
    expect(day.status()).toMatchObject({ overdueSince: expect.any(Number) })
  })

  it.each(['no server ran', 'the machine slept'])(
    'while %s is not late at once, and not in quarantine for it',
    (why) => {
      const { day, entra } = regular()
      day.until('09:40')
      day.jump(23 * 60 * minute)
      if (why === 'no server ran') day.restart()
      expect(day.status()).toMatchObject({ state: 'healthy', overdueSince: undefined })
      day.wait(20 * minute)
      expect(day.status()).toMatchObject({ state: 'healthy', overdueSince: undefined })
      entra.probe()
      day.wait(20 * minute)
      expect(day.status()).toMatchObject({ state: 'healthy', quarantine: { isSuspected: false } })
    },
  )

  it('is late as ever when the server is merely started anew', () => {
    const { day } = regular()
    day.until('10:30')
    day.restart()
    day.until('11:00')
    expect(day.status()).toMatchObject({ state: 'silent' })
    day.until('+1 09:20')
    day.restart()
    day.until('+1 14:00')
    expect(day.status()).toMatchObject({ state: 'stopped' })
  })

  it('stays in quarantine when the server was down for some hours between its daily cycles', () => {
    const { day, entra } = regular()
    day.until('+1 09:20')
    entra.probe()
    day.until('+1 12:00')
    day.jump(3 * 60 * minute)
    day.restart()
    day.until('+2 09:20')
    entra.probe()
    day.wait(10 * minute)
    expect(day.status()).toMatchObject({ quarantine: { isSuspected: true } })
  })
})

describe('a clock that jumps', () => {
  it('back leaves a cycle whole', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    for (const person of people(3)) entra.provision(person)
    day.jump(-3 * 60 * minute)
    for (const person of people(6).slice(3)) entra.provision(person)
    day.wait(30 * minute)
    expect(day.cycles()).toEqual([{ kind: 'initial', from: '05:00', users: { seen: 6, created: 6 } }])
  })

  it('ahead is taken for silence', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    for (const person of people(3)) entra.provision(person)
    day.jump(24 * 60 * minute)
    expect(day.cycles()).toEqual([{ kind: 'initial', from: '08:00', users: { seen: 3, created: 3 } }])
    expect(day.status().running).toBeUndefined()
  })
})

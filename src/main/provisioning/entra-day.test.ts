import { describe, expect, it } from 'vitest'
import { withMoments } from '../../contract/spoken-moment.ts'
import { company, entraOn, groups, initialCycle, people } from './entra-day.fixture.ts'
import { startDay } from './test-day.fixture.ts'

const minute = 60_000
const clockOf = (at: number) => new Date(at).toISOString().slice(11, 16)

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

  it('takes one user, or one group and five members, within a minute for a run on demand, and nothing more', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra, 10)
    const lookUp = (count: number) => people(count).map((person) => entra.provision(person).id)
    const runs: readonly (readonly [string, () => void])[] = [
      ['08:15', () => entra.addMembers(entra.provisionGroup('Five').id, lookUp(5))],
      ['08:32', () => entra.addMembers(entra.provisionGroup('Six').id, users.slice(0, 6))],
      ['08:50', () => void [entra.provisionGroup('Five'), lookUp(6)]],
      ['09:04', () => void lookUp(2)],
      ['09:25', () => void ['Five', 'Six'].map((name) => entra.provisionGroup(name))],
      ['10:19', () => void [lookUp(1), day.wait(minute), lookUp(1)]],
    ]
    for (const [clock, run] of runs) {
      day.until(clock)
      entra.probe()
      run()
    }
    day.until('10:40')
    const found = day.cycles().slice(1)
    expect(found.map(({ kind, from }) => ({ kind, from }))).toEqual(
      runs.map(([from]) => ({ kind: from === '08:15' ? 'on-demand' : 'incremental', from })),
    )
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

  it('ahead for some cycles leaves the next one expected by those before it', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra, 5)
    day.until('08:40')
    entra.probe()
    day.until('09:00')
    const month = 30 * 24 * 60 * minute
    day.jump(month)
    day.wait(20 * minute)
    entra.probe()
    day.wait(40 * minute)
    entra.probe()
    day.wait(30 * minute)
    day.jump(-month - 80 * minute)
    expect(day.status()).toMatchObject({ state: 'healthy', nextExpectedAt: Date.parse('2026-03-02T09:20:00Z') })
    day.until('+1 12:00')
    expect(day.status().state).toBe('silent')
  })
})

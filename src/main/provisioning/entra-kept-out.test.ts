import { describe, expect, it } from 'vitest'
import { company, entraOn } from './entra-day.fixture.ts'
import { startDay } from './test-day.fixture.ts'

const minute = 60_000

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
    expect(day.status()).toMatchObject({ state: 'stopped', refusals: { count: 9 } })
    administer('set-integration-state', { slug: 'entra', state: 'enabled' })
    expect(day.status()).toMatchObject({
      state: 'healthy',
      refusals: undefined,
      overdueSince: undefined,
      quarantine: { isSuspected: false },
      sentence: expect.stringMatching(/ from Entra ID, ended /),
    })
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

  it('leave an integration without a token not set up', () => {
    const day = startDay()
    day.directory.administer('void-tokens', { slug: 'entra' })
    // It had one, which was revoked.
    const sentence = 'Not set up: no token is valid. Issue one and paste it into Entra ID.'
    expect(day.status()).toMatchObject({ state: 'not set up', sentence })
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

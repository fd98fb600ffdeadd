import { describe, expect, it } from 'vitest'
import { badToken, silence } from '../notify/conditions/integration-conditions.ts'
import { userSchemaUrn } from '../../scim/urn.ts'
import { company, entraOn } from './entra-day.fixture.ts'
import { startDay } from './test-day.fixture.ts'

const okta = { idp: 'okta', headers: 'user-agent: Okta SCIM Client 1.0.0' }

describe('the sentence about an integration', () => {
  it('says what is wrong also when an import came last, which shows nothing of it', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { users } = company(day, entra)
    day.until('08:40')
    entra.probe()
    for (const user of users) entra.update(user, { userName: 'admin' })
    day.send('GET', '/Users?startIndex=1&count=100')
    day.until('09:10')
    expect(day.status().state).toBe('degraded')
    expect(day.status().sentence).toMatch(
      /^5 users still fail\. 5 of 5 changes failed: half or more\. Import from Entra ID, ended /,
    )
  })

  it('says that cycles have become a day apart, of which the last one shows nothing', () => {
    const day = startDay()
    const entra = entraOn(day)
    company(day, entra)
    for (const clock of ['08:40', '09:20', '+1 09:20']) {
      day.until(clock)
      entra.probe()
    }
    day.until('+1 09:40')
    expect(day.status()).toMatchObject({
      state: 'degraded',
      sentence: expect.stringMatching(/^Cycles have become a day apart\. Incremental cycle from Entra ID, ended /),
    })
  })

  it('tells how many requests were put off', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    entra.provision({ userName: 'ana@example.com' })
    for (let n = 0; n < 3; n += 1) day.refuse(429, 'rate-limited')
    expect(day.status().sentence).toMatch(/: 1 user checked, 1 created, 3 put off(?: · |$)/)
  })
})

describe('the state of an integration', () => {
  it('is stopped when nothing has come for more than a day after a single cycle', () => {
    const day = startDay()
    company(day, entraOn(day), 8)
    day.until('+1 11:00')
    expect(day.status()).toMatchObject({ state: 'healthy', overdueSince: undefined })
    day.until('+1 13:00')
    expect(day.status()).toMatchObject({
      state: 'stopped',
      sentence: 'Nothing from Entra ID for 1 d 4 h: provisioning was stopped there.',
    })
    expect(silence(day.status(), day.now())?.lines[0]).toMatch(/^A cycle has been due for long\./)
  })

  it('does not stay degraded for a run on demand of the day before, which nothing tries again', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    entra.provision({ userName: 'admin' })
    day.until('20:00')
    expect(day.status().state).toBe('degraded')
    day.until('+2 08:00')
    expect(day.status()).toMatchObject({ state: 'healthy', failing: { users: 0, groups: 0 } })
  })
})

describe('the alert of refused tokens', () => {
  it('speaks of a quarantine only where the identity provider has one', () => {
    const linesOf = (idp: 'entra' | 'okta') => {
      const day = startDay(idp === 'okta' ? okta : {})
      day.send('POST', '/Users', { schemas: [userSchemaUrn], userName: 'ana@example.com' })
      for (let n = 0; n < 3; n += 1) day.refuse(401, 'token-expired')
      return badToken(day.status())?.lines[0]
    }
    expect(linesOf('entra')).toContain('it may put the integration in quarantine')
    expect(linesOf('okta')).toBe(
      '3 requests in a row were refused. Nobody is provisioned by Okta until that is put right.',
    )
  })
})

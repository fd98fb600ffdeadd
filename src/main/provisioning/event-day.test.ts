import { describe, expect, it } from 'vitest'
import { groupSchemaUrn, patchOpUrn, userSchemaUrn } from '../../scim/urn.ts'
import { patch } from '../directory/test-directory.fixture.ts'
import { startDay, type Day } from './test-day.fixture.ts'

const minute = 60_000

function user(userName: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    schemas: [userSchemaUrn],
    userName,
    name: { givenName: 'Jana', familyName: 'Krol' },
    emails: [{ primary: true, value: userName, type: 'work' }],
    active: true,
    ...changes,
  }
}

/** The requests of an Okta app made by its wizard. */
function oktaOn(day: Day) {
  const lookUp = (userName: string) =>
    day.send('GET', `/Users?filter=userName%20eq%20%22${encodeURIComponent(userName)}%22&startIndex=1&count=100`)
  return {
    test() {
      day.send('GET', '/Users?startIndex=1&count=2')
      day.send('GET', '/Groups?startIndex=1&count=100')
    },
    push(userName: string) {
      const found = lookUp(userName)
      return found.matched > 0 ? found.id : day.send('POST', '/Users', user(userName, { password: 'x', groups: [] })).id
    },
    update(id: string, userName: string, changes: Readonly<Record<string, unknown>>) {
      day.send('GET', `/Users/${id}`)
      day.send('PUT', `/Users/${id}`, user(userName, { id, ...changes }))
    },
    pushGroup(name: string, members: readonly string[]) {
      day.send('GET', `/Groups?filter=displayName%20eq%20%22${encodeURIComponent(name)}%22&startIndex=1&count=100`)
      const { id } = day.send('POST', '/Groups', { schemas: [groupSchemaUrn], displayName: name, members: [] })
      day.send('GET', `/Groups/${id}`)
      const value = members.map((member) => ({ value: member, display: 'x' }))
      day.send('PUT', `/Groups/${id}`, { schemas: [groupSchemaUrn], id, displayName: name, members: value })
      return id
    },
    importAll() {
      for (let from = 1, total = 1; from <= total; from += 100)
        total = day.send('GET', `/Users?startIndex=${from}&count=100`).matched
      day.send('GET', '/Groups?startIndex=1&count=100')
    },
  }
}

describe('a day of Okta', () => {
  it('is told as its test, its pushes and its imports, each counted', () => {
    const day = startDay({ idp: 'okta', headers: 'user-agent: Okta SCIM Client 1.0.0' })
    const okta = oktaOn(day)
    day.until('08:00')
    okta.test()
    day.until('08:10')
    const ids = Array.from({ length: 120 }, (_, n) => okta.push(`person${n}@example.com`))
    day.until('09:00')
    okta.importAll()
    day.until('10:00')
    okta.update(ids[0] ?? '', 'person0@example.com', { title: 'Chief' })
    okta.update(ids[1] ?? '', 'person1@example.com', { active: false })
    okta.update(ids[2] ?? '', 'person2@example.com', {})
    const team = okta.pushGroup('Engineering', ids.slice(0, 10))
    day.until('11:00')
    okta.update(ids[1] ?? '', 'person1@example.com', { active: true })
    day.send('PATCH', `/Groups/${team}`, {
      schemas: [patchOpUrn],
      Operations: [
        { op: 'remove', path: `members[value eq "${ids[0]}"]` },
        { op: 'add', path: 'members', value: [{ value: ids[11], display: 'x' }] },
      ],
    })
    day.send('DELETE', `/Groups/${team}`)
    day.until('12:00')
    expect(day.cycles()).toEqual([
      { kind: 'connection-test', from: '08:00' },
      { kind: 'activity', from: '08:10', users: { seen: 120, created: 120 } },
      { kind: 'import', from: '09:00', listed: [120, 0] },
      {
        kind: 'activity',
        from: '10:00',
        users: { seen: 3, matched: 3, updated: 1, unchanged: 1, disabled: 1 },
        groups: { seen: 1, created: 1 },
        members: [10, 0],
      },
      {
        kind: 'activity',
        from: '11:00',
        users: { seen: 1, matched: 1, restored: 1 },
        groups: { seen: 1, updated: 1, deleted: 1 },
        members: [1, 1],
      },
    ])
    expect(day.status()).toMatchObject({ state: 'healthy', nextExpectedAt: undefined, quarantine: undefined })
    expect(day.status().sentence).toMatch(/^Changes from Okta, ended 59 min ago: .* · silence is normal$/)
    day.until('+20 12:00')
    expect(day.status()).toMatchObject({ state: 'healthy', overdueSince: undefined })
    expect(day.troubles).toEqual([])
  })

  it('tells an import from the pushes that come at the same time', () => {
    const day = startDay({ idp: 'okta', headers: 'user-agent: Okta SCIM Client 1.0.0' })
    const okta = oktaOn(day)
    for (let n = 0; n < 150; n += 1) okta.push(`person${n}@example.com`)
    day.until('08:00')
    day.send('GET', '/Users?startIndex=1&count=100')
    okta.push('late@example.com')
    day.send('GET', '/Users?startIndex=101&count=100')
    okta.push('later@example.com')
    expect(day.status().running?.kind).toBe('activity')
    day.until('09:00')
    expect(day.cycles().slice(1)).toEqual([
      { kind: 'import', from: '08:00', listed: [151, 0] },
      { kind: 'activity', from: '08:00', users: { seen: 2, created: 2 } },
    ])
  })

  it('counts of a list what was given of it, not what was asked for or is there', () => {
    const day = startDay({ idp: 'generic' })
    for (let n = 0; n < 130; n += 1) day.send('POST', '/Users', user(`person${n}@example.com`))
    const reads: readonly (readonly [string, () => void, number])[] = [
      ['08:00', () => void day.send('GET', '/Users?count=0'), 0],
      ['09:00', () => void day.send('GET', '/Users?startIndex=1'), 100],
      ['10:00', () => void [day.send('GET', '/Users?startIndex=1'), day.send('GET', '/Users?startIndex=101')], 130],
      ['11:00', () => void day.send('GET', '/Users?startIndex=101&count=2'), 102],
      ['12:00', () => void day.send('GET', '/Users?cursor&count=50'), 50],
    ]
    for (const [clock, read] of reads) {
      day.until(clock)
      read()
    }
    day.until('13:00')
    expect(day.cycles().slice(1)).toEqual(
      reads.map(([from, , users]) => ({ kind: 'import', from, ...(users > 0 && { listed: [users, 0] }) })),
    )
  })

  it('counts on where pages follow one another by cursors', () => {
    const day = startDay({ idp: 'generic' })
    for (let n = 0; n < 130; n += 1) day.send('POST', '/Users', user(`person${n}@example.com`))
    day.until('08:00')
    let cursor: string | undefined = ''
    while (cursor !== undefined) cursor = day.send('GET', `/Users?cursor=${cursor}&count=50`).next
    day.until('09:00')
    expect(day.cycles().slice(1)).toEqual([{ kind: 'import', from: '08:00', listed: [130, 0] }])
  })

  it('shows failures of the last day, and no older ones, as present', () => {
    const day = startDay({ idp: 'okta', headers: 'user-agent: Okta SCIM Client 1.0.0' })
    const okta = oktaOn(day)
    okta.push('person@example.com')
    day.until('08:00')
    okta.push('admin')
    day.until('09:00')
    expect(day.status().state).toBe('degraded')
    expect(day.provisioning.failing('okta')).toMatchObject([
      { who: 'admin', kind: 'conflict', nextRetryAt: undefined, isPast: false },
    ])
    day.until('+1 09:00')
    expect(day.status().state).toBe('healthy')
    expect(day.provisioning.failing('okta')).toMatchObject([{ who: 'admin', isPast: true }])
  })
})

describe('the test of a connection', () => {
  it('of JumpCloud, which makes a user and a group and takes them away, is one', () => {
    const day = startDay({ idp: 'jumpcloud' })
    day.until('08:00')
    const { id } = day.send('POST', '/Users', user('jc-test@example.com', { externalId: '66e2d6895904000000000001' }))
    const made = day.send('POST', '/Groups', { schemas: [groupSchemaUrn], displayName: 'jc-test-group' })
    day.send('DELETE', `/Groups/${made.id}`)
    day.send('DELETE', `/Users/${id}`)
    day.until('09:00')
    day.send('POST', '/Users', user('real@example.com', { externalId: '66e2d6895904000000000002' }))
    day.until('10:00')
    expect(day.cycles()).toEqual([
      {
        kind: 'connection-test',
        from: '08:00',
        users: { seen: 1, created: 1, deleted: 1 },
        groups: { seen: 1, created: 1, deleted: 1 },
      },
      { kind: 'activity', from: '09:00', users: { seen: 1, created: 1 } },
    ])
  })

  it('of OneLogin, which looks for nobody, is one', () => {
    const day = startDay({ idp: 'onelogin' })
    day.send('GET', '/ServiceProviderConfig')
    day.send('GET', '/Users?filter=userName+eq+%22not.a.user%40example.com%22')
    day.wait(10 * minute)
    expect(day.cycles().map((each) => each.kind)).toEqual(['connection-test'])
    expect(day.status().state).toBe('healthy')
  })
})

describe('other IdPs', () => {
  it.each(['onelogin', 'jumpcloud', 'ping', 'cyberark', 'authentik', 'keycloak', 'generic'])(
    '%s sends changes when they happen, and its silence is normal',
    (idp) => {
      const day = startDay({ idp })
      day.until('08:00')
      const { id } = day.send('POST', '/Users', user('ana@example.com'))
      day.until('09:00')
      day.send('PUT', `/Users/${id}`, user('ana@example.com', { title: 'Chief' }))
      day.until('+9 09:00')
      expect(day.cycles()).toEqual([
        { kind: 'activity', from: '08:00', users: { seen: 1, created: 1 } },
        { kind: 'activity', from: '09:00', users: { seen: 1, updated: 1 } },
      ])
      expect(day.status()).toMatchObject({ state: 'healthy', overdueSince: undefined, quarantine: undefined })
    },
  )

  it('whoever is created a second time with the same externalId is not to be deleted for it', () => {
    const day = startDay({ idp: 'okta' })
    day.until('08:00')
    const create = (name: string, externalId: string) => day.send('POST', '/Users', user(name, { externalId }))
    create('ana@example.com', '00u1')
    create('ben@example.com', '00u2')
    day.until('09:00')
    create('ana@example.com', '00u1')
    create('ben@example.com', '00u3')
    day.until('10:00')
    const failing = day.provisioning.failing('okta')
    const adviceFor = (name: string) => failing.find(({ who }) => who === name)?.advice
    expect(adviceFor('ana@example.com')).toContain('Delete neither')
    expect(adviceFor('ben@example.com')).toContain('only if they are two')
  })

  it('authentik, which creates first, has linked whom it finds then, also by a filter without quotes', () => {
    const day = startDay({ idp: 'authentik' })
    day.until('08:00')
    const names = ['ana', 'DOM\\ben']
    for (const name of names) day.send('POST', '/Users', user(name))
    day.until('09:00')
    for (const name of names) expect(day.send('POST', '/Users', user(name)).status).toBe(409)
    day.until('10:00')
    expect(day.provisioning.failing(day.slug)).toHaveLength(names.length)
    expect(day.send('GET', '/Users?filter=userName+eq+ana').matched).toBe(1)
    expect(day.send('GET', '/Users?filter=userName+eq+%22DOM%5C%5Cben%22').matched).toBe(1)
    day.until('11:00')
    expect(day.provisioning.failing(day.slug)).toEqual([])
  })

  it('authentik has no failures to be told of when it takes over whoever is here', () => {
    const day = startDay({ idp: 'authentik' })
    day.until('08:00')
    for (const name of ['ana', 'ben']) day.send('POST', '/Users', user(name))
    day.until('09:00')
    for (const name of ['ana', 'ben']) {
      expect(day.send('POST', '/Users', user(name)).status).toBe(409)
      day.send('GET', `/Users?filter=userName+eq+%22${name}%22`)
    }
    day.send('POST', '/Users', { schemas: [userSchemaUrn] })
    day.until('10:00')
    const [, taken] = day.provisioning.cycles(day.slug, 2).toReversed()
    expect(taken?.activity.counts).toMatchObject({ operations: 3, failed: 1, failures: { conflict: 0, invalid: 1 } })
  })

  it('who lists everybody that is active, or the groups of somebody, has found nobody twice', () => {
    const day = startDay({ idp: 'generic' })
    day.until('08:00')
    const ids = ['ana@example.com', 'ben@example.com'].map((name) => day.send('POST', '/Users', user(name)).id)
    for (const displayName of ['Sales', 'Support'])
      day.send('POST', '/Groups', { schemas: [groupSchemaUrn], displayName, members: [{ value: ids[0] }] })
    expect(day.send('GET', '/Users?filter=active+eq+true&startIndex=1&count=250').matched).toBe(2)
    expect(day.send('GET', `/Groups?filter=members+eq+%22${ids[0]}%22`).matched).toBe(2)
    expect(day.provisioning.failing(day.slug)).toEqual([])
    expect(day.status().state).not.toBe('degraded')
  })

  it('Google Workspace has cycles without announcing them, and how often is learnt', () => {
    const day = startDay({ idp: 'google' })
    const cycle = (title: string) => {
      for (const n of [1, 2, 3]) {
        const found = day.send('GET', `/Users?filter=userName+eq+%22person${n}%40example.com%22`)
        if (found.matched === 0) day.send('POST', '/Users', user(`person${n}@example.com`))
      }
      const first = day.send('GET', '/Users?filter=userName+eq+%22person1%40example.com%22')
      day.send('PUT', `/Users/${first.id}`, user('person1@example.com', { title }))
    }
    for (const [n, clock] of ['08:00', '11:00', '14:00', '17:00'].entries()) {
      day.until(clock)
      cycle(`title ${n}`)
    }
    day.until('18:00')
    expect(day.status()).toMatchObject({ state: 'healthy', nextExpectedAt: Date.parse('2026-03-02T20:00:00Z') })
    expect(day.cycles().map((each) => each.from)).toEqual(['08:00', '11:00', '14:00', '17:00'])
    day.until('+1 04:00')
    expect(day.status().state).toBe('silent')
  })

  it('an integration for any IdP is judged by the habits that its requests show', () => {
    const day = startDay({ idp: 'generic', headers: 'ADSCIMVersion: 2.0' })
    day.until('08:00')
    day.send('GET', '/Users?filter=userName+eq+%225b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11%22')
    day.send('GET', '/Users?filter=userName+eq+%226b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11%22')
    for (const n of [1, 2, 3]) day.send('POST', '/Users', user(`person${n}@example.com`))
    day.until('09:00')
    expect(day.cycles()).toEqual([{ kind: 'initial', from: '08:00', users: { seen: 3, created: 3 } }])
    expect(day.status()).toMatchObject({ idp: 'entra', idpName: 'Entra ID' })
  })

  it('a bulk request counts for each of its operations', () => {
    const day = startDay({ idp: 'generic' })
    day.until('08:00')
    day.send('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'a', data: user('a@example.com') },
        { method: 'POST', path: '/Users', bulkId: 'b', data: user('admin') },
        { method: 'POST', path: '/Groups', bulkId: 'c', data: { schemas: [groupSchemaUrn], displayName: 'Team' } },
        { method: 'PATCH', path: '/Users/gone', data: patch({ op: 'replace', path: 'title', value: 'Chief' }) },
        // Somebody who is gone already is what a deletion wants.
        { method: 'DELETE', path: '/Users/left' },
      ],
    })
    day.until('09:00')
    expect(day.cycles()).toEqual([
      {
        kind: 'activity',
        from: '08:00',
        users: { seen: 3, created: 1 },
        groups: { seen: 1, created: 1 },
        failures: { conflict: 1, 'not-found': 1 },
      },
    ])
  })

  it('who fails in a bulk request is told by name, with the answer to that operation, until it succeeds', () => {
    const day = startDay({ idp: 'generic' })
    const bulk = (...Operations: readonly object[]) =>
      day.send('POST', '/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations })
    const create = (bulkId: string, userName: string) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: user(userName),
    })
    const failing = () =>
      day.provisioning.failing('generic').map(({ who, kind, status, answer }) => ({ who, kind, status, answer }))
    day.until('08:00')
    const { id } = day.send('POST', '/Users', user('ana'))
    const change = (value: boolean | string) => ({
      method: 'PATCH',
      path: `/Users/${id}`,
      data: patch({ op: 'replace', path: 'active', value }),
    })
    bulk(create('a', 'ben'), create('b', 'ANA'), change('maybe'), { method: 'DELETE', path: '/Users/gone' })
    day.until('08:30')
    expect(failing()).toEqual([
      { who: 'ana', kind: 'invalid', status: 400, answer: expect.stringContaining('active') },
      { who: 'ANA', kind: 'conflict', status: 409, answer: expect.stringContaining('already taken') },
    ])
    day.send('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'userName', value: 'eve' }))
    bulk(change(false), create('c', 'ana'))
    day.until('09:00')
    expect(failing()).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { enterpriseUserSchemaUrn, patchOpUrn, userSchemaUrn } from '../../scim/urn.ts'
import { entraOn } from './entra-day.fixture.ts'
import { startDay } from './test-day.fixture.ts'

const clocks = ['08:40', '09:20', '10:00', '10:40']

describe('updates that are repeated', () => {
  it('are found with the attribute that reads back differently, and with the reason', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    const [ana = '', bob = '', cy = ''] = ['ana', 'bob', 'cy'].map(
      (name) => entra.provision({ userName: `${name}@example.com` }).id,
    )
    for (const clock of clocks) {
      day.until(clock)
      entra.probe()
      entra.update(ana, { companyName: 'Example Ltd' })
      entra.update(bob, { companyName: 'Example Ltd', title: 'Chief' })
      entra.setManager(cy, ana)
      day.directory.administer('import-users', {
        directory: 'main',
        users: [{ line: 1, resource: { userName: 'bob@example.com', title: `edited at ${clock}` }, role: undefined }],
      })
    }
    day.until('11:20')
    entra.probe()
    entra.update(cy, { title: `Once ${day.now()}` })
    day.until('11:30')
    const found = day.provisioning.repeatedUpdates('entra')
    expect(found.map(({ path, reason, resources, times }) => ({ path, reason, resources, times }))).toEqual([
      { path: 'companyName', reason: 'unknown-attribute', resources: 2, times: 4 },
      { path: 'title', reason: 'changed-between', resources: 1, times: 4 },
      { path: `${enterpriseUserSchemaUrn}:manager`, reason: 'other-form', resources: 1, times: 4 },
    ])
    expect(found[0]?.sentence).toBe(
      'No schema knows "companyName", so it is ignored and never reads back. Add it under Attributes, or take it out of the mapping.',
    )
    expect(found[2]?.sentence).toContain('reads back in another form than it is sent')
    expect(found[1]?.examples).toMatchObject([{ resourceId: bob }])
  })

  it('are none where each cycle brings something new, nor where nothing comes in cycles', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    const { id } = entra.provision({ userName: 'ana@example.com' })
    for (const clock of clocks) {
      day.until(clock)
      entra.probe()
      entra.update(id, { title: clock })
      entra.update(id, { title: clock })
    }
    day.until('11:00')
    expect(day.provisioning.repeatedUpdates('entra')).toEqual([])
    const okta = startDay({ idp: 'okta' })
    const made = okta.send('POST', '/Users', { schemas: [userSchemaUrn], userName: 'ana@example.com' })
    for (const clock of clocks) {
      okta.until(clock)
      entraOn(okta).update(made.id, { title: 'Chief' })
    }
    expect(okta.provisioning.repeatedUpdates('okta')).toEqual([])
  })

  it('survive a restart', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    const { id } = entra.provision({ userName: 'ana@example.com' })
    for (const clock of clocks) {
      day.until(clock)
      entra.probe()
      entra.update(id, { companyName: 'Example Ltd' })
      day.restart()
    }
    expect(day.provisioning.repeatedUpdates('entra')).toMatchObject([{ path: 'companyName', times: 4 }])
  })
})

describe('the health of a mapping', () => {
  it('names what is sent, what is ignored, and what of the recommended mapping never came', () => {
    const day = startDay()
    const entra = entraOn(day)
    day.until('08:00')
    entra.probe()
    const [ana = ''] = ['ana', 'bob', 'cy'].map((name) => entra.provision({ userName: `${name}@example.com` }).id)
    entra.update(ana, { companyName: 'Example Ltd', [`${enterpriseUserSchemaUrn}:department`]: 'Sales' })
    day.until('08:30')
    const health = day.provisioning.mappingHealth('entra')
    expect(health?.isConclusive).toBe(true)
    expect(health?.sent.map((each) => each.path).toSorted()).toEqual([
      'active',
      'companyName',
      'displayName',
      'emails[type eq "work"].value',
      'externalId',
      'name.familyName',
      'name.formatted',
      'name.givenName',
      `${enterpriseUserSchemaUrn}:department`,
      'userName',
    ])
    expect(health?.ignored.map((each) => each.path)).toEqual(['companyName'])
    const missing = health?.missing.map((each) => each.target) ?? []
    expect(missing).toContain('title')
    expect(missing).toContain(`${enterpriseUserSchemaUrn}:manager`)
    expect(missing).not.toContain('emails[type eq "work"].value')
    expect(missing).not.toContain(`${enterpriseUserSchemaUrn}:department`)
    // No group came, so that nothing can be said about them.
    expect(missing).not.toContain('members')
  })

  it('does not miss what comes as a whole or as a part of what the mapping names', () => {
    const day = startDay()
    day.until('08:00')
    const [ana, bob] = ['ana', 'bob', 'cy'].map((userName) => {
      const emails = { value: `${userName}@example.com`, type: 'work' }
      return day.send('POST', '/Users', { schemas: [userSchemaUrn], userName, emails }).id
    })
    const Operations = [
      { op: 'replace', path: 'phoneNumbers[type eq "work"]', value: { value: '555', type: 'work' } },
      { op: 'replace', path: `${enterpriseUserSchemaUrn}:manager.value`, value: bob },
      { op: 'add', path: enterpriseUserSchemaUrn, value: { department: 'Sales' } },
    ]
    expect(day.send('PATCH', `/Users/${ana}`, { schemas: [patchOpUrn], Operations }).status).toBe(200)
    day.until('08:30')
    const missing = day.provisioning.mappingHealth('entra')?.missing.map((each) => each.target)
    expect(missing).not.toContain('emails[type eq "work"].value')
    expect(missing).not.toContain('phoneNumbers[type eq "work"].value')
    expect(missing).not.toContain(`${enterpriseUserSchemaUrn}:manager`)
    expect(missing).not.toContain(`${enterpriseUserSchemaUrn}:department`)
    expect(missing).toContain('phoneNumbers[type eq "mobile"].value')
  })

  it('says nothing before enough has come', () => {
    const day = startDay()
    entraOn(day).provision({ userName: 'ana@example.com' })
    day.wait(1000)
    expect(day.provisioning.mappingHealth('entra')).toMatchObject({ isConclusive: false, missing: [] })
  })
})

describe('drift', () => {
  it('is what was edited by hand since the IdP last wrote', () => {
    const day = startDay()
    const entra = entraOn(day)
    const { id } = entra.provision({ userName: 'ana@example.com', title: 'Chief' })
    entra.provision({ userName: 'bob@example.com' })
    const edit = (userName: string, title: string) =>
      day.directory.administer('import-users', {
        directory: 'main',
        users: [{ line: 1, resource: { userName, title }, role: undefined }],
      })
    const drift = () => day.provisioning.drift(day.directory.directoryId, 100)
    expect(drift()).toEqual([])
    edit('ana@example.com', 'Boss')
    edit('ana@example.com', 'Queen')
    edit('local@example.com', 'made here')
    edit('local@example.com', 'edited here')
    expect(drift()).toMatchObject([
      {
        resource: 'User',
        id,
        name: 'ana@example.com',
        attributes: [{ name: 'title', written: 'Chief', now: 'Queen' }],
        lastActor: 'command line',
      },
    ])
    edit('ana@example.com', 'Chief')
    expect(drift()).toEqual([])
    edit('ana@example.com', 'Queen')
    expect(drift()).toHaveLength(1)
    // What the IdP does not write stays as a person has set it.
    entra.update(id, { displayName: 'Ana' })
    expect(drift()).toHaveLength(1)
    entra.update(id, { title: 'Countess' })
    expect(drift()).toEqual([])
    day.directory.administer('import-users', {
      directory: 'main',
      users: [{ line: 1, resource: { userName: 'ana@example.com', nickName: 'A' }, role: undefined }],
    })
    expect(drift()).toMatchObject([{ attributes: [{ name: 'nickName', written: null, now: 'A' }] }])
  })
})

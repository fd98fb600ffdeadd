import { describe, expect, it } from 'vitest'
import { answerErrors } from './answer-errors.ts'
import { explainAnswer } from './error-explanations.ts'
import { portalErrors } from './portal-errors.ts'
import { traceSentences } from './trace-sentences.ts'

describe('explainAnswer', () => {
  it('goes by the trace before the status', () => {
    expect(explainAnswer({ status: 403, codes: ['token-accepted', 'integration-disabled'] })?.id).toBe(
      'integration-disabled',
    )
    expect(explainAnswer({ status: 403 })?.id).toBe('forbidden')
    expect(explainAnswer({ status: 404, codes: ['groups-off', 'declined'] })?.id).toBe('groups-off')
    expect(explainAnswer({ status: 404, codes: ['declined'] })?.id).toBe('not-found')
    expect(explainAnswer({ status: 401, codes: ['token-expired'] })?.id).toBe('token-expired')
    expect(explainAnswer({ status: 401, codes: ['token-unknown'] })?.id).toBe('token-unknown')
    expect(explainAnswer({ status: 401, codes: ['token-jwt'], idp: 'entra' })?.reaction).toContain('empty Secret token')
    expect(explainAnswer({ status: 401, codes: ['not-bearer'] })?.id).toBe('not-bearer')
  })

  it('speaks of what was asked for: a person, a group or a schema', () => {
    const missing = (endpoint: string, idp?: 'okta') =>
      explainAnswer({ status: 404, codes: ['declined'], endpoint, idp })
    expect(missing('Users')?.title).toBe('404 · no such person')
    expect(missing('Groups')).toMatchObject({ meaning: expect.not.stringContaining('person') })
    expect(missing('Groups', 'okta')?.reaction).toContain('Push Groups')
    expect(missing('ResourceTypes')?.nextStep).toContain('Attributes')
    expect(explainAnswer({ status: 404, codes: ['groups-off'], endpoint: 'Groups' })?.id).toBe('groups-off')
    const filtered = explainAnswer({ status: 403, codes: ['declined'], endpoint: 'Schemas' })
    expect(filtered?.nextStep).toContain('No setting of the integration')
  })

  it('goes by the scimType where the trace says no more', () => {
    expect(explainAnswer({ status: 400, scimType: 'invalidFilter', codes: ['declined'] })?.id).toBe('filter-refused')
    expect(explainAnswer({ status: 409, scimType: 'uniqueness' })?.id).toBe('conflict')
    const again = ['uniqueness-refused', 'here-already', 'declined']
    expect(explainAnswer({ status: 409, scimType: 'uniqueness', codes: again })?.id).toBe('here-already')
    expect(explainAnswer({ status: 409 })?.id).toBe('other-conflict')
    expect(explainAnswer({ status: 400, scimType: 'invalidPath', codes: ['declined'] })?.id).toBe('path-refused')
    const aimless = explainAnswer({ status: 400, scimType: 'noTarget', codes: ['declined'] })
    expect(aimless).toMatchObject({ id: 'nothing-meant', meaning: expect.stringContaining('a remove has no path') })
    const hidden = { status: 409, scimType: 'uniqueness', codes: ['administrator-has-name', 'declined'] }
    expect(explainAnswer(hidden)?.id).toBe('administrator-has-name')
  })

  it('says of a bulk request what to do about the operations that were refused', () => {
    const answer = { status: 200, codes: ['uniqueness-refused', 'operation-refused'], endpoint: 'Bulk' }
    expect(explainAnswer(answer)?.nextStep).toContain('The trace names each of them')
  })

  it('speaks of the address where that cannot be read, and of the mapping where the path of a change cannot', () => {
    const refused = (method: string, scimType: string) =>
      explainAnswer({ status: 400, scimType, codes: ['declined'], endpoint: 'Users', method })?.id
    expect(refused('GET', 'invalidSyntax')).toBe('address-unreadable')
    expect(refused('POST', 'invalidSyntax')).toBe('unreadable')
    expect(refused('PATCH', 'invalidFilter')).toBe('path-filter-refused')
    expect(refused('GET', 'invalidFilter')).toBe('filter-refused')
  })

  it('says of /Me how it could be had, and of what else is not offered nothing of /Me', () => {
    expect(explainAnswer({ status: 501, codes: ['declined'], endpoint: 'Me' })?.nextStep).toContain('User Manager')
    expect(explainAnswer({ status: 501, codes: ['declined'], endpoint: 'Users' })?.id).toBe('not-offered')
    expect(explainAnswer({ status: 501, codes: ['method-unknown'], endpoint: 'Me' })?.id).toBe('method-unknown')
  })

  it('says what the identity provider makes of it, and nothing of the others', () => {
    const asked = { status: 409, scimType: 'uniqueness' }
    expect(explainAnswer({ ...asked, idp: 'entra' })?.reaction).toContain('EntryConflict')
    expect(explainAnswer({ ...asked, idp: 'okta' })?.reaction).toContain('Retry')
    expect(explainAnswer({ ...asked, idp: 'keycloak' })?.reaction).toBeUndefined()
    expect(explainAnswer(asked)?.reaction).toBeUndefined()
  })

  it('tells a parameter of the URL from a value of a person', () => {
    const refused = (method: string, scimType: string) =>
      explainAnswer({ status: 400, scimType, codes: ['declined'], endpoint: 'Users', method, idp: 'entra' })
    expect(refused('GET', 'invalidValue')).toMatchObject({ id: 'parameter-refused', reaction: undefined })
    expect(refused('GET', 'invalidPath')?.id).toBe('parameter-refused')
    expect(refused('POST', 'invalidValue')?.id).toBe('value-refused')
    expect(refused('PATCH', 'invalidPath')?.id).toBe('path-refused')
  })

  it('tells who is archived, or a local administrator, from who is not here', () => {
    const missing = (code: string) => explainAnswer({ status: 404, codes: [code, 'declined'], endpoint: 'Users' })
    expect(missing('record-archived')?.nextStep).toContain('restore it')
    expect(missing('protected-record')?.title).toBe('404 · a local administrator')
    for (const endpoint of ['Users', 'Groups'])
      expect(explainAnswer({ status: 404, codes: ['declined'], endpoint })).toMatchObject({
        meaning: expect.stringContaining('not in the archive either'),
        nextStep: expect.not.stringContaining('archive'),
      })
  })

  it('speaks of compression where a body is not taken', () => {
    expect(explainAnswer({ status: 415, codes: ['declined'] })?.nextStep).toContain('Content-Encoding')
  })

  it('has nothing to say of an answer that did not fail', () => {
    expect(explainAnswer({ status: 200, codes: ['answered'] })).toBeUndefined()
  })

  it('knows every status that Rollcall refuses with', () => {
    for (const status of [400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 429, 431, 500, 501, 503])
      expect(explainAnswer({ status })).toMatchObject({ id: expect.any(String) })
  })
})

describe('the catalogue', () => {
  const all = [...answerErrors, ...portalErrors]

  it('names each error once', () => {
    expect(new Set(all.map((each) => each.id)).size).toBe(all.length)
  })

  it('says of each what it means and what to do, in whole sentences', () => {
    for (const { meaning, nextStep } of all)
      for (const text of [meaning, nextStep]) expect(text).toMatch(/^[A-Z].*[.?]$/)
  })

  it('goes by codes that traces have', () => {
    for (const code of answerErrors.flatMap((each) => each.codes ?? [])) expect(traceSentences).toHaveProperty([code])
  })
})

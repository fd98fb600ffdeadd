import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../scim/json/json.ts'
import { parseQueryParameters } from '../../scim/query/query.ts'
import { listResponseUrn } from '../../scim/urn.ts'
import { detectIdp } from '../detect.ts'
import { createOrganisation } from './organisation.ts'
import { simulatedIdpIds, simulatedIdps, type SimulatedIdpId } from './simulated-idps.ts'
import type { SeenAnswer, SentRequest } from './turn.ts'

function answer(status: number, body: JsonValue): SeenAnswer {
  return { status, contentType: 'application/scim+json', body, text: JSON.stringify(body) }
}

/** Everything that is sent to an endpoint that has nobody, creates everybody and says yes to the rest. */
function requestsOf(idp: SimulatedIdpId, seed: number, users: number, groups: number): readonly SentRequest[] {
  const sent: SentRequest[] = []
  const { phases, deprovisioning } = simulatedIdps[idp](createOrganisation(seed, users, groups))
  const reply = ({ method, path }: SentRequest): SeenAnswer => {
    if (method === 'POST') return answer(201, { id: `id-${sent.length}` })
    if (path.includes('?')) return answer(200, { schemas: [listResponseUrn], totalResults: 0, Resources: [] })
    return answer(200, {})
  }
  for (const phase of [...phases, ...deprovisioning])
    for (const conversation of phase.conversations) {
      let step = conversation.next()
      while (step.done !== true) {
        sent.push(step.value.request)
        step = conversation.next(reply(step.value.request))
      }
    }
  return sent
}

function detect({ method, path, headers, body }: SentRequest) {
  const known = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const [route = '', rawQuery = ''] = path.split('?')
  const query = parseQueryParameters(rawQuery)
  return detectIdp({ headers: (name) => known.get(name), method, path: route, rawQuery, query, body: () => body })
}

describe.each(simulatedIdpIds)('a simulated %s', (idp) => {
  it('is taken for the real one by every request it sends', () => {
    const found = requestsOf(idp, 7, 12, 3).map(detect)
    expect(found.length).toBeGreaterThan(100)
    for (const each of found) expect(each).toMatchObject({ idp, certainty: idp === 'okta' ? 'certain' : 'likely' })
  })

  it('sends the same with the same seed, and else something else', () => {
    expect(requestsOf(idp, 7, 12, 3)).toEqual(requestsOf(idp, 7, 12, 3))
    expect(requestsOf(idp, 7, 12, 3)).not.toEqual(requestsOf(idp, 8, 12, 3))
  })

  it('creates nobody whose name does not show that it is simulated', () => {
    const created = requestsOf(idp, 7, 40, 6).filter((each) => each.method === 'POST')
    expect(created).toHaveLength(46)
    for (const { body } of created) expect(body?.['userName'] ?? body?.['displayName']).toMatch(/^sim-7-\d+/)
    expect(new Set(created.map(({ body }) => JSON.stringify(body))).size).toBe(46)
  })

  it('does without groups', () => {
    const paths = requestsOf(idp, 7, 10, 0).map((each) => each.path)
    expect(paths.filter((each) => each.startsWith('/Groups/'))).toEqual([])
  })
})

describe('what Entra ID sends', () => {
  const sent = requestsOf('entra', 7, 12, 2)
  const operations = sent.flatMap(({ body }) => (Array.isArray(body?.['Operations']) ? body['Operations'] : []))

  it('is recognised by the shapes of its PATCH alone, without its header', () => {
    for (const request of sent.filter((each) => each.method === 'PATCH'))
      expect(detect({ ...request, headers: {} })).toMatchObject({ idp: 'entra', certainty: 'likely' })
  })

  it('begins with a look-up of a random GUID, with blanks as plus signs', () => {
    expect(sent[0]?.path).toMatch(/^\/Users\?filter=userName\+eq\+%22[0-9a-f-]{36}%22$/)
    expect(sent[1]?.path).toMatch(/^\/Groups\?excludedAttributes=members&filter=displayName\+eq\+%22[0-9a-f-]{36}%22$/)
  })

  it('has active as a text, and members to remove in the value', () => {
    expect(operations).toContainEqual({ op: 'Replace', path: 'active', value: 'False' })
    expect(operations).toContainEqual({ op: 'Replace', path: 'active', value: 'True' })
    expect(operations).toContainEqual({
      op: 'Remove',
      path: 'members',
      value: [{ $ref: null, value: expect.any(String) }],
    })
  })
})

describe('what Okta sends', () => {
  const sent = requestsOf('okta', 7, 12, 2)

  it('never deletes a user', () => {
    expect(sent.filter((each) => each.method === 'DELETE').map((each) => each.path.split('/')[1])).toEqual([
      'Groups',
      'Groups',
    ])
  })

  it('deactivates by PUT and by PATCH, as its two kinds of app do', () => {
    const bodies = sent.map(({ method, path, body }) => ({ method, isUser: path.startsWith('/Users/'), body }))
    expect(bodies).toContainEqual({ method: 'PUT', isUser: true, body: expect.objectContaining({ active: false }) })
    expect(bodies).toContainEqual({
      method: 'PATCH',
      isUser: true,
      body: expect.objectContaining({ Operations: [{ op: 'replace', value: { active: false } }] }),
    })
  })
})

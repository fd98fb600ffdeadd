import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../scim/json/json.ts'
import type { Outcome } from '../../writer/command.ts'
import { bodyOf, openTestDirectory, patch, statusOf } from '../test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const post = (bulkId: string, data: JsonObject, path = '/Users') => ({ method: 'POST', path, bulkId, data })

function inEach(outcome: Outcome, name: string): readonly unknown[] {
  const operations = bodyOf(outcome)['Operations']
  return Array.isArray(operations) ? operations.map((operation: JsonObject) => operation[name]) : []
}

const statuses = (outcome: Outcome) => inEach(outcome, 'status')
const locations = (outcome: Outcome) => inEach(outcome, 'location')

const userNames = () =>
  directory.connection
    .prepare<[], string>('select user_name from users where hidden = 0 and archived_at is null order by seq')
    .pluck()
    .all()

describe('a bulk request', () => {
  it('undoes the operation that failed and no other', () => {
    const outcome = directory.bulk([
      post('a', { userName: 'alice' }),
      post('b', { userName: 'ALICE' }),
      post('c', { userName: 'carol' }),
      post('g', { displayName: 'half-made', members: [{ value: 'nobody' }] }, '/Groups'),
    ])
    expect(statuses(outcome)).toEqual(['201', '409', '201', '400'])
    expect(userNames()).toEqual(['alice', 'carol'])
    expect(directory.store.lists.total(directory.directoryId, 1)).toBe(0)
    expect(directory.store.groups.byDisplayNameKey(directory.directoryId, 'half-made')).toBeUndefined()
  })

  it('lets operations refer to each other, whatever their order', () => {
    const outcome = directory.bulk([
      post('g', { displayName: 'team', members: [{ value: 'bulkId:a' }] }, '/Groups'),
      post('a', { userName: 'alice' }),
      { method: 'PATCH', path: '/Users/bulkId:a', data: patch({ op: 'add', path: 'title', value: 'Dr' }) },
    ])
    expect(statuses(outcome)).toEqual(['201', '201', '200'])
    expect(userNames()).toEqual(['alice'])
    const row = directory.store.groups.byDisplayNameKey(directory.directoryId, 'team')
    expect(directory.store.memberships.count(row?.seq ?? 0)).toBe(1)
  })

  it('fails what refers to an operation that failed', () => {
    const outcome = directory.bulk([
      post('a', { userName: 'admin' }),
      post('g', { displayName: 'team', members: [{ value: 'bulkId:a' }] }, '/Groups'),
    ])
    expect(statuses(outcome)[0]).toBe('409')
    expect(Number(statuses(outcome)[1])).toBeGreaterThanOrEqual(400)
    expect(directory.store.lists.total(directory.directoryId, 1)).toBe(0)
  })

  it('takes a bulkId for what was created under it, also where another operation has the same', () => {
    const bystander = directory.addUser('bystander')
    const title = (value: string) => patch({ op: 'add', path: 'title', value })
    const outcome = directory.bulk([
      post('a', { userName: 'alice' }),
      { method: 'PATCH', path: `/Users/${bystander}`, bulkId: 'a', data: title('Dr') },
      { method: 'PATCH', path: '/Users/bulkId:a', data: title('Prof') },
      { method: 'PATCH', path: `/Users/${bystander}`, bulkId: 'b', data: title('Dr') },
      { method: 'DELETE', path: '/Users/bulkId:b' },
    ])
    expect(statuses(outcome)).toEqual(['201', '200', '200', '200', '409'])
    expect(directory.store.users.any(directory.directoryId, bystander)).toMatchObject({
      archived_at: null,
      doc: expect.stringContaining('"title":"Dr"'),
    })
  })

  it('says of every operation that failed what it was to go to, save of a creation', () => {
    const outcome = directory.bulk([
      { method: 'PATCH', path: '/Users/1', data: 'no object' },
      { method: 'DELETE', path: '/Groups/2', version: 3 },
      { method: 'DELETE', path: '/Groups/3' },
      { method: 'POST', path: '/Users', bulkId: 'a' },
      { method: 'DELETE', path: '/Printers/4' },
    ])
    expect(statuses(outcome)).toEqual(['400', '400', '404', '400', '404'])
    expect(locations(outcome)).toEqual([
      expect.stringMatching(/\/Users\/1$/),
      expect.stringMatching(/\/Groups\/2$/),
      expect.stringMatching(/\/Groups\/3$/),
      undefined,
      undefined,
    ])
  })

  it('says of one that failed at what was created before where that is, and makes a URL of any text', () => {
    const outcome = directory.bulk([
      post('a', { userName: 'alice' }),
      { method: 'PATCH', path: '/Users/bulkId:a', data: patch({ op: 'add', path: 'active', value: 'perhaps' }) },
      { method: 'DELETE', path: '/Users/..%2F..%2Fconsole%3Fx' },
      { method: 'DELETE', path: '/Users/\ud800' },
    ])
    expect(statuses(outcome)).toEqual(['201', '400', '404', '404'])
    const [created, changed, strange] = locations(outcome)
    expect(changed).toBe(created)
    expect(strange).toMatch(/\/v2\/Users\/\.\.%2F\.\.%2Fconsole%3Fx$/)
  })

  it('stops after failOnErrors failures and keeps what went well before', () => {
    const outcome = directory.bulk(
      [post('a', { userName: 'alice' }), post('b', { userName: 'alice' }), post('c', { userName: 'carol' })],
      { failOnErrors: 1 },
    )
    expect(statuses(outcome)).toEqual(['201', '409'])
    expect(userNames()).toEqual(['alice'])
  })

  it('writes the audit of what went well alone, under the request', () => {
    directory.bulk([post('a', { userName: 'alice' }), post('b', { userName: 'alice' })])
    const changes = directory.connection
      .prepare('select action, request_id from changes where request_id is not null')
      .all()
    expect(changes).toEqual([{ action: 'create', request_id: 'request-1' }])
  })

  it('leaves nothing of itself behind when a bug ends it half-way, and others in the transaction are not touched', () => {
    const broken = directory.addUser('broken')
    directory.connection.prepare("update users set external_ids = '{' where id = ?").run(broken)
    const bulk = {
      kind: 'bulk',
      integrationId: directory.entra,
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [
          post('a', { userName: 'alice' }),
          { method: 'PATCH', path: `/Users/${broken}`, data: patch({ op: 'add', path: 'title', value: 'x' }) },
          post('c', { userName: 'carol' }),
        ],
      }),
      base: 'https://scim.example/v2',
      requestId: 'bulk',
      now: directory.tick(),
    } as const
    const outcomes = directory.execute(
      directory.command('POST', '/Users', { userName: 'before' }),
      bulk,
      directory.command('POST', '/Users', { userName: 'after' }),
    )
    expect(outcomes.map((each) => each.kind)).toEqual(['answer', 'bug', 'answer'])
    expect(userNames()).toEqual(['broken', 'before', 'after'])
    expect(statusOf(directory.request('POST', '/Users', { userName: 'later' }))).toBe(201)
  })
})

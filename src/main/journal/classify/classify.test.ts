import { bulkOutcome } from '../../../contract/bulk-outcome.ts'
import { describe, expect, it, test } from 'vitest'
import type { JsonValue } from '../../../scim/json/json.ts'
import { parseQueryParameters } from '../../../scim/query/query.ts'
import { classify, type ClassifiedRequest } from './classify.ts'

const guid = '5b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11'

function get(target: string, matched?: number): string {
  const [path = '', query = ''] = target.split('?')
  const [, endpoint, resourceId] = path.split('/')
  return phrase({ method: 'GET', endpoint, resourceId, query: parseQueryParameters(query), matched })
}

function patch(endpoint: string, ...operations: readonly Record<string, string | boolean | object>[]): string {
  const body = JSON.parse(JSON.stringify({ Operations: operations }))
  return phrase({ method: 'PATCH', endpoint, resourceId: '1', body })
}

function phrase({
  body,
  ...request
}: Partial<Omit<ClassifiedRequest, 'body'>> & { readonly body?: JsonValue }): string {
  return classify({
    method: 'GET',
    endpoint: 'Users',
    resourceId: undefined,
    query: {},
    body: () => body,
    hasToken: true,
    mayProbe: true,
    status: 200,
    closed: undefined,
    matched: undefined,
    ...request,
  })
}

describe('classification of reads', () => {
  it.each([
    [`/Users?filter=userName+eq+%22${guid}%22`, 0, 'connection test'],
    [`/Groups?excludedAttributes=members&filter=displayName+eq+%22${guid}%22`, 0, 'connection test'],
    [`/Users?filter=externalId+eq+%22${guid}%22`, 0, 'user match lookup (no match)'],
    ['/Users?startIndex=1&count=2', undefined, 'connection test'],
    ['/Users?filter=userName%20eq%20%22a%40b.c%22&startIndex=1&count=100', 1, 'user match lookup'],
    ['/Users?filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22a%22', 2, 'user match lookup (2 matches)'],
    ['/Groups?filter=displayName+eq+%22A+and+B%22', 0, 'group match lookup (no match)'],
    ['/Groups?filter=displayName+eq+%22The+%22A%22+Team%22', 0, 'group match lookup (no match)'],
    ['/Groups?filter=displayName+eq+%22A%22+or+displayName+eq+%22B%22', 2, 'group search (2 matches)'],
    ['/Users?filter=id+eq+%221%22+and+manager+eq+%222%22&attributes=id', 0, 'manager check'],
    ['/Groups?filter=id+eq+%221%22+and+members+eq+%222%22&attributes=id', 1, 'membership check'],
    ['/Users?filter=userName+eq+%22a%22+and+active+eq+true', 1, 'user match lookup'],
    ['/Users?filter=active+eq+true+and+userName+eq+%22a%22', 0, 'user match lookup (no match)'],
    ['/Users?filter=active+eq+true+and+department+eq+%22a%22', 3, 'user search (3 matches)'],
    ['/Users?filter=userName+eq+%22a+and+active+eq+true%22', 0, 'user match lookup (no match)'],
    ['/Users?filter=userName+co+%22a%22', 5, 'user search (5 matches)'],
    ['/Users?filter=displayName+eq+%22A%22&sortBy=userName', 3, 'user search (3 matches)'],
    ['/Users?filter=active+eq+true&startIndex=1&count=100', 250, 'user search (250 matches)'],
    [
      '/Users?filter=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department+eq+%22IT%22',
      9,
      'user search (9 matches)',
    ],
    ['/Users?filter=meta.resourceType+eq+%22User%22', 3, 'user search (3 matches)'],
    ['/Groups?filter=members.value+eq+%22a%22', 4, 'group search (4 matches)'],
    ['/Users?filter=urn:x:custom:User:badge+eq+%227%22', 2, 'user match lookup (2 matches)'],
    ['/Users?startIndex=101&count=100', 400, 'list users (page)'],
    ['/Users?cursor&count=1', 400, 'connection test'],
    ['/Users?cursor=Mi4xOWJ5&count=1', 400, 'list users (page)'],
    ['/Users?sortBy=userName&count=1', 400, 'list users (page)'],
    ['/Groups/1', undefined, 'read group'],
    ['/Users/1?attributes=id', undefined, 'read user'],
    ['/Schemas', undefined, 'read schemas'],
  ])('calls %s with %s hits "%s"', (target, matched, expected) => {
    expect(get(target, matched)).toBe(expected)
  })
})

test('a name that is a GUID is looked for like any other by who does not probe', () => {
  const query = parseQueryParameters(`filter=userName+eq+%22${guid}%22`)
  expect(phrase({ query, matched: 0, mayProbe: false })).toBe('user match lookup (no match)')
})

test('only a pause is called one', () => {
  const create = { method: 'POST', status: 503 }
  expect(phrase({ ...create, closed: 'paused' })).toBe('refused: paused')
  expect(phrase(create)).toBe('create user (failed)')
})

test('what keeps an integration out is named instead of what was asked', () => {
  const asked = { status: 403, endpoint: undefined }
  expect(phrase({ ...asked, closed: 'disabled' })).toBe('refused: disabled')
  expect(phrase({ ...asked, closed: 'no administrator' })).toBe('refused: no administrator')
  expect(phrase({ method: 'DELETE', resourceId: '1', status: 403 })).toBe('refused: delete user not allowed')
})

describe('classification of writes', () => {
  it('tells disable, enable, rename and update of a user apart', () => {
    expect(patch('Users', { op: 'Replace', path: 'active', value: 'False' })).toBe('disable user')
    expect(patch('Users', { op: 'replace', value: { active: false } })).toBe('disable user')
    expect(patch('Users', { op: 'Add', path: 'active', value: 'True' })).toBe('enable user')
    expect(patch('Users', { op: 'Replace', path: 'userName', value: 'b' })).toBe('rename user')
    expect(patch('Users', { op: 'Replace', path: 'name.familyName', value: 'b' })).toBe('update user')
    expect(patch('Users', { op: 'replace', value: { password: 'x' } })).toBe('set password')
    expect(
      patch('Users', {
        op: 'Add',
        path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
        value: '2',
      }),
    ).toBe('set manager')
  })

  it('reads a PATCH as the endpoint does', () => {
    expect(patch('Users', { op: 'replace', value: [{ active: false }] })).toBe('disable user')
    expect(patch('Groups', { op: 'add', value: [{ members: [{ value: '1' }] }] })).toBe('add 1 member')
    expect(patch('Users', { op: 'replace', path: '', value: { active: false } })).toBe('disable user')
    expect(patch('Users', { Op: 'Replace', Path: 'active', Value: 'False' })).toBe('disable user')
    expect(patch('Users', { op: 'Replace', path: 'manager', value: '' })).toBe('remove manager')
    expect(patch('Users', { op: 'replace', path: 'active', value: { value: false } })).toBe('disable user')
    expect(patch('Users', { op: 'replace', path: 'active', value: ['False'] })).toBe('disable user')
    expect(patch('Users', { op: 'replace', value: '{"active":false}' })).toBe('disable user')
    expect(patch('Users', { op: 'replace', path: 'active', value: { active: false } })).toBe('disable user')
    const two = [{ value: '1' }, { value: '2' }]
    expect(patch('Groups', { op: 'add', value: two })).toBe('add 2 members')
    expect(patch('Groups', { op: 'add', path: 'members', value: { members: two } })).toBe('add 2 members')
    expect(patch('Groups', { op: 'remove', path: 'members', value: JSON.stringify(two) })).toBe('remove 2 members')
  })

  it('reads what stands below the URN of a schema', () => {
    const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    expect(patch('Users', { op: 'replace', value: { [core]: { active: false } } })).toBe('disable user')
    expect(patch('Users', { op: 'replace', path: core, value: { userName: 'b' } })).toBe('rename user')
    expect(patch('Users', { op: 'add', value: { [enterprise]: { manager: { value: '2' } } } })).toBe('set manager')
    expect(patch('Users', { op: 'replace', path: `${enterprise}.manager.value`, value: '2' })).toBe('set manager')
    expect(patch('Users', { op: 'replace', path: `${enterprise}:manager`, value: { value: '' } })).toBe(
      'remove manager',
    )
  })

  it('counts the members of a change in the manner of SCIM 1.1', () => {
    const member = (value: string, operation?: string) => ({ value, operation: operation ?? 'add' })
    const change = (body: JsonValue) => phrase({ method: 'PATCH', endpoint: 'Groups', resourceId: '1', body })
    expect(change({ members: [member('1'), member('2'), member('3', 'delete')] })).toBe(
      'add 2 members, remove 1 member',
    )
    expect(change({ displayName: 'A', members: [member('1', 'delete')] })).toBe('remove 1 member')
    expect(change({ members: [{ value: '1' }] })).toBe('add 1 member')
    const meta = { attributes: ['members'] }
    expect(change({ meta, members: [{ value: '1' }] })).toBe('replace members')
    expect(change({ meta, members: [] })).toBe('remove all members')
  })

  it('counts the members of a group that come and go', () => {
    const members = [{ value: '1' }, { value: '2' }, { value: '3' }]
    expect(patch('Groups', { op: 'Add', path: 'members', value: members })).toBe('add 3 members')
    expect(patch('Groups', { op: 'remove', path: 'members[value eq "1"]' })).toBe('remove 1 member')
    expect(patch('Groups', { op: 'remove', path: 'members[value eq "1" or value eq "2"]' })).toBe('remove 2 members')
    expect(patch('Groups', { op: 'remove', path: 'members[display eq "A"]' })).toBe('remove members')
    expect(patch('Groups', { op: 'Remove', path: 'members', value: members.slice(1) })).toBe('remove 2 members')
    expect(patch('Groups', { op: 'remove', path: 'members' })).toBe('remove all members')
    expect(patch('Groups', { op: 'remove', path: 'members', value: [] })).toBe('update group')
    expect(patch('Groups', { op: 'replace', path: 'members[value eq "1"]', value: '' })).toBe('remove 1 member')
    expect(patch('Groups', { op: 'replace', path: 'members[value eq "1"].value', value: '1' })).toBe('add 1 member')
    expect(patch('Groups', { op: 'add', path: 'members[type eq "User"].value', value: ['1', '2'] })).toBe(
      'add 2 members',
    )
    expect(patch('Groups', { op: 'replace', path: 'members', value: members })).toBe('replace members')
    expect(patch('Groups', { op: 'replace', value: { id: '1', displayName: 'B' } })).toBe('rename group')
  })

  it('tells a new name beside changes of members from one that is only sent along', () => {
    const add = { op: 'Add', path: 'members', value: [{ value: '1' }] }
    const rename = { op: 'Replace', path: 'displayName', value: 'B' }
    expect(patch('Groups', rename, add)).toBe('rename group, add 1 member')
    expect(patch('Groups', { op: 'replace', value: { id: '1', displayName: 'A' } }, add)).toBe('add 1 member')
    expect(patch('Groups', add, rename, { op: 'replace', path: 'externalId', value: 'x' })).toBe('add 1 member')
  })

  it('names the rest by method, endpoint and outcome', () => {
    expect(phrase({ method: 'POST', status: 201 })).toBe('create user')
    expect(phrase({ method: 'POST', status: 409 })).toBe('create user (conflict)')
    expect(phrase({ method: 'POST', isSearch: true })).toBe('search users')
    expect(phrase({ method: 'POST', endpoint: 'Groups', isSearch: true, status: 400 })).toBe('search groups (invalid)')
    expect(phrase({ method: 'PUT', resourceId: '1', body: { active: false } })).toBe('replace user (inactive)')
    expect(phrase({ method: 'PUT', resourceId: '1', body: { Active: [{ value: 'False' }] } })).toBe(
      'replace user (inactive)',
    )
    expect(phrase({ method: 'DELETE', endpoint: 'Groups', resourceId: '1', status: 204 })).toBe('delete group')
    expect(phrase({ method: 'POST', endpoint: 'Bulk', body: { Operations: [1, 2] } })).toBe('bulk (2 operations)')
    const statuses = (...of: readonly string[]) => ({ Operations: of.map((status) => ({ status })) })
    const bulk = (count: number, answer: JsonValue) =>
      phrase({
        method: 'POST',
        endpoint: 'Bulk',
        body: { Operations: Array.from({ length: count }, () => 1) },
        bulkAnswer: () => answer,
      })
    expect(bulk(2, statuses('201', '204'))).toBe('bulk (2 operations)')
    expect(bulk(3, statuses('201', '409', '400'))).toBe('bulk (3 operations, 2 failed)')
    expect(bulk(1, statuses('412'))).toBe('bulk (1 operation, 1 failed)')
    // The console reads how many failed out of it.
    expect(bulkOutcome(bulk(3, statuses('201', '409', '400')))).toEqual({ operations: 3, failed: 2 })
    expect(bulkOutcome(bulk(1, statuses('412')))).toEqual({ operations: 1, failed: 1 })
    expect(phrase({ status: 401 })).toBe('refused: bad token')
    expect(phrase({ status: 401, hasToken: false })).toBe('refused: no token')
    expect(phrase({ endpoint: undefined, status: 404 })).toBe('unknown path (not found)')
  })
})

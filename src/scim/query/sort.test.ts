import { describe, expect, it } from 'vitest'
import { compareResources } from './compare-resources.fixture.ts'
import type { JsonObject } from '../json/json.ts'
import type { SortOrder } from './query.ts'
import { customSchemaUrn, sampleModel } from '../model/sample-model.fixture.ts'
import { parseSortBy } from './sort.ts'

function sorted(sortBy: string, resources: readonly JsonObject[], order?: SortOrder) {
  return resources.toSorted(compareResources(parseSortBy(sampleModel, sortBy), order)).map((each) => each.id)
}

const user = (id: string, rest: JsonObject) => ({ id, ...rest })
const custom = (id: string, values: JsonObject) => user(id, { [customSchemaUrn]: values })

describe('the order of resources (RFC 7644 §3.4.2.3)', () => {
  it('ignores case unless the attribute is caseExact', () => {
    const users = [
      user('1', { userName: 'bob', externalId: 'a' }),
      user('2', { userName: 'Alice', externalId: 'B' }),
      user('3', { userName: 'Carol', externalId: 'A' }),
    ]
    expect(sorted('userName', users)).toEqual(['2', '1', '3'])
    expect(sorted('userName', users, 'descending')).toEqual(['3', '1', '2'])
    expect(sorted('externalId', users)).toEqual(['3', '2', '1'])
  })

  it('puts missing values last in ascending and first in descending order', () => {
    const users = [user('1', {}), user('2', { title: 'b' }), user('3', { title: null }), user('4', { title: 'a' })]
    expect(sorted('title', users)).toEqual(['4', '2', '1', '3'])
    expect(sorted('title', users, 'descending')).toEqual(['1', '3', '2', '4'])
  })

  it('uses the primary value, or else the first', () => {
    const users = [
      user('1', { emails: [{ value: 'a' }, { value: 'z', primary: true }] }),
      user('2', { emails: [{ value: 'm' }, { value: 'b' }] }),
      user('3', { emails: [] }),
    ]
    expect(sorted('emails', users)).toEqual(['2', '1', '3'])
    expect(sorted('emails.value', users)).toEqual(['2', '1', '3'])
  })

  it('orders numbers, booleans and instants by what they mean', () => {
    const users = [
      custom('1', { level: 10, hiredAt: '2026-01-01T00:30:00+01:00' }),
      custom('2', { level: 9, hiredAt: '2026-01-01T00:00:00Z' }),
    ]
    expect(sorted('level', users)).toEqual(['2', '1'])
    expect(sorted('hiredAt', users)).toEqual(['1', '2'])
    expect(sorted('active', [user('1', { active: true }), user('2', { active: false })])).toEqual(['2', '1'])
  })

  it('sorts a list of simple values by its first', () => {
    expect(sorted('tags', [custom('1', { tags: ['b', 'a'] }), custom('2', { tags: ['A'] })])).toEqual(['2', '1'])
  })

  it.each(['shoeSize', 'name', 'password', 'user Name'])('refuses to sort by %s', (sortBy) => {
    expect(() => parseSortBy(sampleModel, sortBy)).toThrow(expect.objectContaining({ scimType: 'invalidPath' }))
  })
})

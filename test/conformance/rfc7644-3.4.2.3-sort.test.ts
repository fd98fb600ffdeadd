import { afterAll, describe, expect, test } from 'vitest'
import { enterpriseUserSchemaUrn } from '../../src/scim/urn.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const people = [
  { key: 'b', familyName: 'zeta', department: 'Sales', email: 'm@s.test' },
  { key: 'A', familyName: 'Alpha', department: undefined, email: 'z@s.test' },
  { key: 'C', familyName: 'beta', department: 'Ads', email: 'a@s.test' },
  { key: 'd', familyName: undefined, department: 'ops', email: undefined },
]
for (const { key, familyName, department, email } of people)
  await scim.create(
    '/Users',
    user({
      userName: `${key}@s.test`,
      name: { givenName: 'x', familyName },
      emails: email === undefined ? [] : [{ value: '0@s.test' }, { value: email, primary: true }],
      [enterpriseUserSchemaUrn]: { department },
    }),
  )

const order = async (query: string) => {
  const list = await scim.get(`/Users?${query}`)
  return list
    .texts('/userName')
    .map((each) => each.slice(0, 1))
    .join('')
}

describe('RFC 7644 §3.4.2.3: sorting', () => {
  test.each([
    ['sortBy=userName', 'AbCd'],
    ['sortBy=USERNAME&sortOrder=ascending', 'AbCd'],
    ['sortBy=userName&sortOrder=descending', 'dCbA'],
    // A resource without a value comes last in ascending order, first in descending order.
    ['sortBy=name.familyName', 'ACbd'],
    ['sortBy=name.familyName&sortOrder=descending', 'dbCA'],
    [`sortBy=${enterpriseUserSchemaUrn}:department`, 'CdbA'],
    // A multi-valued attribute counts by its primary value.
    ['sortBy=emails', 'CbAd'],
    ['sortBy=emails.value', 'CbAd'],
    ['sortBy=meta.created', 'bACd'],
    // Ids rise with the time of creation, and nobody has been changed.
    ['sortBy=meta.location', 'bACd'],
    ['sortBy=meta.version&sortOrder=descending', 'dCAb'],
    ['sortBy=userName&count=2', 'Ab'],
    ['sortBy=userName&count=2&startIndex=3', 'Cd'],
    ['sortBy=userName&filter=name.familyName+pr', 'AbC'],
  ])('%s gives %s', async (query, wanted) => {
    expect(await order(query)).toBe(wanted)
  })

  test('without sortBy the order is stable', async () => {
    const first = await order('')
    expect(await order('')).toBe(first)
    expect(await order('sortOrder=ascending')).toBe(first)
  })

  test('an unknown sortBy is refused as a path', async () => {
    const answer = await scim.get('/Users?sortBy=nonsense')
    expect([answer.status, answer.at('/scimType')]).toEqual([400, 'invalidPath'])
  })
})

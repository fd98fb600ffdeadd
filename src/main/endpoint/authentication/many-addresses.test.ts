import { expect, test } from 'vitest'
import { user } from '../../../../test/people.ts'
import { startEngine } from '../../running-engine.fixture.ts'

const count = 40_000
const addresses = (from: number) =>
  Array.from({ length: count - from }, (_, n) => ({ value: `a${n + from}@example.com`, type: `t${n + from}` }))

// Compared each with each they would take the one writer a minute.
test('somebody with tens of thousands of e-mail addresses is changed like others, and found by those that are left', async () => {
  const { scim } = await startEngine()
  const id = await scim.create('/Users', { ...user(), emails: addresses(0) })
  const title = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'Countess' }])
  expect(title.status).toBe(200)
  const fewer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'emails', value: addresses(count / 2) }])
  expect(fewer.status).toBe(200)
  const foundBy = async (n: number) =>
    (await scim.get(`/Users?filter=${encodeURIComponent(`emails.value eq "A${n}@example.com"`)}&count=0`)).at(
      '/totalResults',
    )
  expect([await foundBy(0), await foundBy(count / 2 - 1), await foundBy(count / 2), await foundBy(count - 1)]).toEqual([
    0, 0, 1, 1,
  ])
})

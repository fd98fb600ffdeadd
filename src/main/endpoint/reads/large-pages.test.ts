import { expect, test } from 'vitest'
import { user } from '../../../../test/people.ts'
import { startEngine } from '../../running-engine.fixture.ts'

const title = 'x'.repeat(3_900_000)

test('a page of resources that are too large together is refused, and a smaller one answered whole', async () => {
  const { scim } = await startEngine()
  for (let n = 0; n < 18; n += 1) await scim.create('/Users', user({ title, userName: `large${n}@people.test` }))
  const filter = `filter=${encodeURIComponent('userName sw "large"')}`
  for (const query of ['', `?${filter}`, `?${filter}&sortBy=userName`, '?cursor=', '?count=1000']) {
    const refused = await scim.get(`/Users${query}`)
    expect([refused.status, refused.at('/scimType')]).toEqual([400, 'tooMany'])
    expect(refused.textAt('/detail')).toContain('"count"')
  }
  for (const query of [`count=3&startIndex=3`, `count=3&startIndex=3&${filter}`]) {
    const found = await scim.get(`/Users?${query}`)
    expect([found.status, found.at('/itemsPerPage')]).toEqual([200, 3])
    expect(found.textAt('/Resources/2/title')).toBe(title)
  }
  const names = await scim.get(`/Users?count=17&attributes=userName&${filter}`)
  expect([names.status, names.at('/itemsPerPage')]).toEqual([200, 17])
})

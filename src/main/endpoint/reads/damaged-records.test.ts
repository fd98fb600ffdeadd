import { expect, test } from 'vitest'
import { group, user } from '../../../../test/people.ts'
import { startEngine } from '../../running-engine.fixture.ts'
import { breakDocument } from '../../store/broken-document.fixture.ts'
import { why } from '../journal-entry.fixture.ts'

/** Two clerks in a group; nobody can read the record of the first, as a disk might leave it. */
async function startDamaged(limits: { readonly costlyFrom?: number } = {}) {
  const running = await startEngine({ limits })
  const { scim, dataDir } = running
  const add = (userName: string) =>
    scim.create('/Users', user({ userName, title: 'Clerk', externalId: `e-${userName}` }))
  const id = await add('ada')
  const other = await add('bo')
  const team = await scim.create('/Groups', group('Team', [id, other]))
  return { ...running, id, other, team, mend: breakDocument(dataDir, id) }
}

/** Answered by the endpoint's thread, and by that of costly reads. */
const threads = [{}, { costlyFrom: 0 }]

test.each(threads)(
  'a user whose record is damaged is answered with what is wrong and what heals it (%j)',
  async (limits) => {
    const { scim, id, other, mend } = await startDamaged(limits)
    for (const query of ['', '?attributes=title', '?excludedAttributes=title']) {
      const answer = await scim.get(`/Users/${id}${query}`)
      expect([query, answer.status]).toEqual([query, 500])
      expect(answer.textAt('/detail')).toMatch(/record of the user "ada" is damaged.*as a whole, with a PUT/)
      expect((await scim.get(`/Users/${other}${query}`)).status).toBe(200)
    }
    mend()
    expect((await scim.get(`/Users/${id}`)).textAt('/title')).toBe('Clerk')
  },
)

test.each(threads)(
  'a list has of a damaged record what stands beside it, and all of the others (%j)',
  async (limits) => {
    const { scim, id, other, team } = await startDamaged(limits)
    const beside = { id, userName: 'ada', active: true, externalId: 'e-ada', groups: [{ value: team }] }
    for (const query of ['', '&sortBy=title', '&cursor=', '&excludedAttributes=emails']) {
      const answer = await scim.get(`/Users?count=10${query}`)
      expect([query, answer.status]).toEqual([query, 200])
      expect(answer.at('/Resources')).toHaveLength(2)
      expect(answer.at('/Resources')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ ...beside, groups: [expect.objectContaining({ value: team })] }),
          expect.objectContaining({ id: other, title: 'Clerk' }),
        ]),
      )
    }
    const titles = await scim.get('/Users?attributes=title,userName')
    expect(titles.at('/Resources')).toMatchObject([
      { id, userName: 'ada' },
      { id: other, title: 'Clerk' },
    ])
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], sortBy: 'displayName' }
    const all = await scim.post('/.search', search)
    expect([all.status, all.at('/totalResults')]).toEqual([200, 3])
  },
)

test('who looks for a user whose record is damaged finds it, reads why it has so little, and heals it with a PUT', async () => {
  const running = await startDamaged()
  const { scim, id } = running
  const found = await scim.get(`/Users?filter=${encodeURIComponent('userName eq "ada"')}`)
  expect(found.at('/Resources')).toMatchObject([{ id, userName: 'ada' }])
  expect(await why(running, found)).toContainEqual(expect.stringContaining('1 stored record is damaged'))
  expect((await scim.put(`/Users/${id}`, user({ userName: 'ada', title: 'Countess' }))).status).toBe(200)
  expect((await scim.get(`/Users/${id}`)).textAt('/title')).toBe('Countess')
})

test('what was read before its record was damaged is looked at again once another is found', async () => {
  const { scim, other, dataDir, id } = await startDamaged()
  expect((await scim.get(`/Users/${other}`)).status).toBe(200)
  breakDocument(dataDir, other)
  expect((await scim.get(`/Users/${id}`)).status).toBe(500)
  expect((await scim.get(`/Users/${other}`)).status).toBe(500)
})

test('a group whose record is damaged is shown by its name and its members', async () => {
  const { scim, team, dataDir } = await startDamaged()
  breakDocument(dataDir, team, 'groups')
  const one = await scim.get(`/Groups/${team}`)
  expect([one.status, one.textAt('/displayName')]).toEqual([200, 'Team'])
  expect(one.at('/members')).toHaveLength(2)
  const list = await scim.get('/Groups?attributes=displayName')
  expect(list.at('/Resources')).toMatchObject([{ id: team, displayName: 'Team' }])
})

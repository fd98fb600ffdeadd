import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const first = await startServer()
const second = await startServer({ on: first })
afterAll(async () => {
  await second.stop()
  await first.stop()
})

describe('two servers on one data directory', () => {
  let id = ''
  beforeAll(async () => {
    id = await first.scim.create('/Users', user({ userName: 'shared@two.test' }))
  })

  test('what one has acknowledged, the other shows', async () => {
    expect((await second.scim.get(`/Users/${id}`)).at('/userName')).toBe('shared@two.test')
    await second.scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'By the second' }])
    expect((await first.scim.get(`/Users/${id}`)).at('/title')).toBe('By the second')
  })

  test('a name is unique across both', async () => {
    const body = user({ userName: 'race@two.test' })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? first : second).scim.post('/Users', body)),
    )
    expect(answers.filter((each) => each.status === 201)).toHaveLength(1)
    expect(answers.filter((each) => each.status === 409)).toHaveLength(19)
  })

  test('members added through both at the same moment are all in', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => first.scim.create('/Users', user())))
    const team = await second.scim.create('/Groups', group('Shared team'))
    await Promise.all(
      people.map((value, i) =>
        (i % 2 === 0 ? first : second).scim.patch(`/Groups/${team}`, [
          { op: 'add', path: 'members', value: [{ value }] },
        ]),
      ),
    )
    for (const { scim } of [first, second]) expect((await scim.get(`/Groups/${team}`)).at('/members')).toHaveLength(20)
  })

  test('a group named twice at the same moment exists once', async () => {
    const answers = await Promise.all([first, second].map(({ scim }) => scim.post('/Groups', group('Twins'))))
    expect(answers.filter((each) => each.status === 201)).toHaveLength(1)
  })

  test('an old version is refused by both', async () => {
    const etag = (await first.scim.get(`/Users/${id}`)).textAt('/meta/version')
    await second.scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'Newer' }])
    const refused = await first.scim.delete(`/Users/${id}`, { 'if-match': etag })
    expect(refused.status).toBe(412)
  })
})

import { afterAll, describe, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

describe('RFC 7644 §3.6: deleting', () => {
  test('answers 204 without a body, then 404', async () => {
    const id = await scim.create('/Users', user({ userName: 'gone@delete.test' }))
    const deleted = await scim.delete(`/Users/${id}`)
    expect(deleted.status).toBe(204)
    expect(deleted.text).toBe('')
    for (const answer of [
      await scim.delete(`/Users/${id}`),
      await scim.get(`/Users/${id}`),
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: true }]),
      await scim.put(`/Users/${id}`, user()),
    ])
      expect(answer.status).toBe(404)
    expect((await scim.find('/Users', 'userName eq "gone@delete.test"')).at('/totalResults')).toBe(0)
    expect((await scim.get('/Users')).texts('/id')).not.toContain(id)
  })

  test('a deleted user is in no group any more', async () => {
    const id = await scim.create('/Users', user())
    const team = await scim.create('/Groups', group('Shrinking', [id]))
    await scim.delete(`/Users/${id}`)
    expect((await scim.get(`/Groups/${team}`)).at('/members') ?? []).toEqual([])
  })

  test('a deleted group leaves its members', async () => {
    const id = await scim.create('/Users', user())
    const team = await scim.create('/Groups', group('Vanishing', [id]))
    expect((await scim.delete(`/Groups/${team}`)).status).toBe(204)
    expect((await scim.get(`/Groups/${team}`)).status).toBe(404)
    const person = await scim.get(`/Users/${id}`)
    expect(person.status).toBe(200)
    expect(person.at('/groups') ?? []).toEqual([])
  })

  test('the name of a deleted user or group is free again', async () => {
    const body = user({ userName: 'again@delete.test' })
    const first = await scim.create('/Users', body)
    await scim.delete(`/Users/${first}`)
    expect(await scim.create('/Users', body)).not.toBe(first)
    const team = await scim.create('/Groups', group('Again'))
    await scim.delete(`/Groups/${team}`)
    expect((await scim.post('/Groups', group('again'))).status).toBe(201)
  })
})

describe('what SCIM deletes is archived', () => {
  test('the administrator restores it, with its id and its attributes', async () => {
    const made = await scim.post('/Users', user({ userName: 'back@delete.test', title: 'Kept' }))
    const id = made.textAt('/id')
    await scim.delete(`/Users/${id}`)
    await server.rollcall('users', 'restore', id)
    const read = await eventually(
      () => scim.get(`/Users/${id}`),
      (answer) => answer.status === 200,
    )
    expect(read.at('/title')).toBe('Kept')
    expect((await scim.find('/Users', 'userName eq "back@delete.test"')).texts('/id')).toEqual([id])
  })

  test('a name that was given away meanwhile is not restored over', async () => {
    const body = user({ userName: 'given-away@delete.test' })
    const id = await scim.create('/Users', body)
    await scim.delete(`/Users/${id}`)
    await scim.create('/Users', body)
    await expect(server.rollcall('users', 'restore', id)).rejects.toThrow(/given-away@delete\.test/)
  })

  test('a purge is for good', async () => {
    const id = await scim.create('/Users', user())
    await scim.delete(`/Users/${id}`)
    await server.rollcall('users', 'purge', id, '--yes')
    await expect(server.rollcall('users', 'restore', id)).rejects.toThrow(/ended with 1/)
    expect((await scim.get(`/Users/${id}`)).status).toBe(404)
  })
})

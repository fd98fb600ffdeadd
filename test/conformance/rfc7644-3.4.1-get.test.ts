import { afterAll, describe, expect, test } from 'vitest'
import { errorUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

describe('RFC 7644 §3.4.1: reading one resource', () => {
  test('answers with the resource as the create answered', async () => {
    const made = await scim.post('/Users', user())
    const read = await scim.get(`/Users/${made.textAt('/id')}`)
    expect(read.status).toBe(200)
    expect(read.body).toEqual(made.body)
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'))
  })

  test.each([
    '/Users/123',
    '/Users/7c0c5f36-7f34-4f43-9e7c-7b3b2a3fd111',
    '/Groups/x',
    "/Users/'%20OR%201=1",
    '/Users/%F0%9F%98%80',
  ])('%s is a 404 with a sentence', async (path) => {
    const answer = await scim.get(path)
    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ schemas: [errorUrn], status: '404' })
    expect(answer.textAt('/detail').length).toBeGreaterThan(5)
  })

  test('a user is not found among the groups, nor a group among the users', async () => {
    const person = await scim.create('/Users', user())
    const team = await scim.create('/Groups', group('Type check'))
    expect((await scim.get(`/Groups/${person}`)).status).toBe(404)
    expect((await scim.get(`/Users/${team}`)).status).toBe(404)
  })

  test('a disabled user is still read, listed and found', async () => {
    const id = await scim.create('/Users', user({ userName: 'disabled@get.test', active: false }))
    expect((await scim.get(`/Users/${id}`)).at('/active')).toBe(false)
    expect((await scim.find('/Users', 'userName eq "disabled@get.test"')).texts('/id')).toEqual([id])
  })

  test.each(['POST', 'PROPFIND'])('a resource does not take the method %s', async (method) => {
    const id = await scim.create('/Users', user())
    const answer = await scim.send(method, `/Users/${id}`)
    expect([404, 405, 501]).toContain(answer.status)
    expect(answer.at('/status')).toBe(String(answer.status))
  })
})

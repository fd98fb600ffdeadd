import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

describe('RFC 7644 §3.11: /Me', () => {
  // An integration acts as a local user, whom SCIM never sees; of the three answers that the RFC allows, this leaves 501.
  test.each(['GET', 'DELETE'])('%s says that there is no such alias here', async (method) => {
    const answer = await scim.send(method, '/Me')
    expect(answer.status).toBe(501)
    expect(answer.at('/status')).toBe('501')
    expect(answer.textAt('/detail').length).toBeGreaterThan(5)
  })

  test.each(['POST', 'PUT', 'PATCH'])('%s changes nothing', async (method) => {
    const answer = await scim.send(method, '/Me', user({ userName: 'me@me.test' }))
    expect(answer.status).toBe(501)
    expect((await scim.find('/Users', 'userName eq "me@me.test"')).at('/totalResults')).toBe(0)
  })

  test('a User Manager is read under it; a change is refused, and where to send it is said', async () => {
    const people = join(server.dataDir, 'people.csv')
    writeFileSync(people, 'userName,role\nmanager,user-manager\n')
    await server.rollcall('users', 'import', people, '--yes')
    const made = await server.createIntegration('Managed')
    await server.rollcall('integrations', 'administrator', made.slug, 'manager')
    const me = await eventually(
      () => made.scim.get('/Me'),
      (answer) => answer.status === 200,
    )
    expect(me.at('/userName')).toBe('manager')
    const refused = await made.scim.send('PATCH', '/Me', user())
    expect(refused.status).toBe(501)
    expect(refused.textAt('/detail')).toContain(`/Users/${me.textAt('/id')}`)
  })
})

import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bulkRequestUrn, searchRequestUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { runCommand } from '../command-line.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const Exported = z.array(z.looseObject({ id: z.string(), userName: z.string() }))

/** The local administrator's id, which only the command line tells. */
async function administratorId(): Promise<string> {
  const { stdout } = await runCommand(server.dataDir, ['users', 'export', '--format', 'json'])
  const found = Exported.parse(JSON.parse(stdout)).find((each) => each.userName === 'admin')
  if (found === undefined) throw new Error('the export does not hold the local administrator')
  return found.id
}
const admin = await administratorId()

describe('the local administrator is nobody to SCIM', () => {
  test('is not listed, counted or found', async () => {
    expect((await scim.get('/Users')).at('/totalResults')).toBe(0)
    for (const filter of [
      'userName eq "admin"',
      'userName pr',
      `id eq "${admin}"`,
      'not (userName eq "x")',
      'active eq true',
    ])
      expect((await scim.find('/Users', filter)).at('/totalResults')).toBe(0)
    expect((await scim.post('/.search', { schemas: [searchRequestUrn] })).at('/totalResults')).toBe(0)
    expect((await scim.get('/Users?cursor=')).at('/totalResults')).toBe(0)
  })

  test('cannot be read, changed, replaced or deleted', async () => {
    const path = `/Users/${admin}`
    for (const answer of [
      await scim.get(path),
      await scim.patch(path, [{ op: 'replace', path: 'active', value: false }]),
      await scim.put(path, user({ userName: 'admin' })),
      await scim.delete(path),
    ])
      expect(answer.status).toBe(404)
    const bulk = await scim.post('/Bulk', { schemas: [bulkRequestUrn], Operations: [{ method: 'DELETE', path }] })
    expect(bulk.at('/Operations/0/status')).toBe('404')
    expect(await administratorId()).toBe(admin)
  })

  test('cannot be put into a group', async () => {
    const team = await scim.create('/Groups', group('Climbers'))
    await scim.patch(`/Groups/${team}`, [{ op: 'add', path: 'members', value: [{ value: admin }] }])
    expect((await scim.get(`/Groups/${team}`)).at('/members') ?? []).toEqual([])
  })

  test.each(['admin', 'ADMIN', 'Admin'])('the name %s is taken, and the answer explains why', async (userName) => {
    const answer = await scim.post('/Users', user({ userName }))
    expect(answer.status).toBe(409)
    expect(answer.at('/scimType')).toBe('uniqueness')
    expect(answer.textAt('/detail')).toMatch(/local/i)
  })

  test('nobody can be renamed to it', async () => {
    const id = await scim.create('/Users', user())
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: 'admin' }])
    expect(answer.status).toBe(409)
  })
})

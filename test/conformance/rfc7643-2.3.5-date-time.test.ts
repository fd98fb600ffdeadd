import { rmSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { runJsonCommand } from '../command-line.ts'
import { user } from '../people.ts'
import { acmeUrn, prepareDataDirectory, startServer } from '../server.ts'

const prepared = await prepareDataDirectory()
await runJsonCommand(prepared.dataDir, ['attributes', 'add', 'hiredAt', '--type', 'dateTime', '--urn', acmeUrn])
const server = await startServer({ on: prepared })
afterAll(async () => {
  await server.stop()
  rmSync(prepared.dataDir, { recursive: true, force: true })
})
const { scim } = server

const hired = (hiredAt: string | number) => ({ [acmeUrn]: { hiredAt } })

describe('RFC 7643 §2.3.5: DateTime', () => {
  test('a date alone, as HR systems hold it, is kept as it was sent and counts as the start of that day in UTC', async () => {
    const made = await scim.post('/Users', user(hired('2026-11-23')))
    expect(made.status).toBe(201)
    expect(made.at(`/${acmeUrn}/hiredAt`)).toBe('2026-11-23')
    await scim.create('/Users', user(hired('2026-11-22T23:59:59Z')))
    for (const filter of ['ge "2026-11-23"', 'eq "2026-11-23"', 'eq "2026-11-23T01:00:00+01:00"']) {
      const found = await scim.find('/Users', `${acmeUrn}:hiredAt ${filter}`)
      expect(found.texts('/id')).toEqual([made.at('/id')])
    }
    const later = { op: 'replace', path: `${acmeUrn}:hiredAt`, value: '2026-12-01' }
    expect((await scim.patch(`/Users/${made.textAt('/id')}`, [later])).at(`/${acmeUrn}/hiredAt`)).toBe('2026-12-01')
  })

  test('lists are filtered by a date alone, for what the server sets too', async () => {
    const id = await scim.create('/Users', user())
    expect((await scim.find('/Users', `id eq "${id}" and meta.created gt "2020-01-01"`)).at('/totalResults')).toBe(1)
    expect((await scim.find('/Users', `id eq "${id}" and meta.created lt "2020-01-01"`)).at('/totalResults')).toBe(0)
  })

  test.each(['2026-02-30', '2026-11', '23.11.2026', '2026-11-23T01:02', 'soon', 20_261_123])(
    '%j is refused',
    async (value) => {
      const answer = await scim.post('/Users', user(hired(value)))
      expect(answer.status).toBe(400)
      expect(answer.at('/scimType')).toBe('invalidValue')
    },
  )
})

import { Agent, get } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openJournalReader } from '../../src/main/journal/search/journal-reader.ts'
import { atOnce } from '../../src/main/steps.ts'
import { eventually } from '../eventually.ts'
import { user } from '../people.ts'
import { startServer, type Server } from '../server.ts'

const connections = 32
const pages = 1500
/** With so many characters in a display name a page of 100 users is larger than what the log takes in at a time. */
const longName = 'a name '.repeat(200)

let server: Server
const agent = new Agent({ keepAlive: true, maxSockets: connections })

beforeAll(async () => {
  server = await startServer()
  const Operations = Array.from({ length: 100 }, (_, n) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `user${n}`,
    data: user({ displayName: longName }),
  }))
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest']
  await server.scim.post('/Bulk', { schemas, Operations })
})

afterAll(async () => {
  agent.destroy()
  await server.stop()
})

/** Reads a page and looks at nothing but its status, so as to be faster than what answers. */
function readPage(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const headers = { authorization: `Bearer ${server.scim.token}` }
  get(`${server.scim.base}/Users?count=100`, { agent, headers }, (response) => {
    response.resume()
    response.on('end', () => resolve(response.statusCode ?? 0))
  }).on('error', reject)
  return promise
}

it('keeps every request with its bodies, however many come at once', async () => {
  const statuses = await Promise.all(Array.from({ length: pages }, readPage))
  expect(new Set(statuses)).toEqual(new Set([200]))
  const journal = openJournalReader(`${server.dataDir}/journal.db`)
  try {
    const stored = await eventually(
      async () => atOnce(journal.count({ method: 'GET' })).count,
      (count) => count === pages,
      10_000,
    )
    expect(stored).toBe(pages)
    for (const { lost, responseBodyState, responseBytes } of journal.details({ method: 'GET' })) {
      expect([lost, responseBodyState]).toEqual([undefined, 'whole'])
      expect(responseBytes).toBeGreaterThan(100_000)
    }
  } finally {
    journal.close()
  }
})

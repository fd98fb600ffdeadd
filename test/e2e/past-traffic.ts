import { join } from 'node:path'
import { createJournalAppender } from '../../src/main/store/journal/append.ts'
import { openJournalForWriting } from '../../src/main/store/journal/journal-file.ts'
import type { JournalRecord } from '../../src/main/store/journal/journal-record.ts'
import { createRandom } from '../seeded-random.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

interface Kind {
  readonly method: string
  readonly path: string
  readonly endpoint: string
  readonly classification: string
  readonly status: number
}

const lookup: Kind = {
  method: 'GET',
  path: '/Users?filter=userName+eq+%22ana.moss%40example.com%22',
  endpoint: 'Users',
  classification: 'user match lookup',
  status: 200,
}

const creation: Kind = {
  method: 'POST',
  path: '/Users',
  endpoint: 'Users',
  classification: 'create user',
  status: 201,
}

const kinds: readonly Kind[] = [
  lookup,
  creation,
  { method: 'PATCH', path: '/Users/1', endpoint: 'Users', classification: 'update user', status: 200 },
  { method: 'PATCH', path: '/Groups/1', endpoint: 'Groups', classification: 'add members', status: 204 },
]

function record(slug: string, at: number, kind: Kind, status: number, n: number): JournalRecord {
  return {
    at,
    durationMicros: 800 + (n % 40) * 90,
    status,
    method: kind.method,
    target: `/scim/${slug}/v2${kind.path}`,
    endpoint: kind.endpoint,
    resourceId: undefined,
    integrationId: 1,
    integrationSlug: slug,
    classification: status === 409 ? `${kind.classification} (conflict)` : kind.classification,
    matched: undefined,
    idp: slug.startsWith('okta') ? 'okta' : 'entra',
    certainty: 'likely',
    requestId: `past-${slug}-${n}`,
    remoteAddress: '20.50.2.1',
    requestBytes: 300,
    responseBytes: 900,
    flags: 0,
    lost: undefined,
    requestHeaders: 'Host: scim.example.com',
    requestBody: undefined,
    responseHeaders: 'content-type: application/scim+json',
    responseBody: undefined,
    trace: '[]',
    idpBecause: undefined,
  }
}

/** Writes a month of traffic into the journal of a data directory that nobody serves: an Entra cycle every 40 minutes, Okta now and then. */
export function writePastTraffic(dataDir: string, now: number): void {
  const random = createRandom(7)
  const records: JournalRecord[] = []
  for (let at = now - 30 * dayMs; at < now - 20 * minuteMs; at += 40 * minuteMs) {
    const isWork = new Date(at).getDay() % 6 !== 0 && new Date(at).getHours() > 6 && new Date(at).getHours() < 19
    const count = 3 + random.below(isWork ? 22 : 5)
    for (let n = 0; n < count; n += 1) {
      const kind = random.below(10) < 7 ? lookup : random.pick(kinds)
      const status = kind.method !== 'GET' && random.below(16) === 0 ? 409 : kind.status
      records.push(record('entra-id-production', at + n * 250, kind, status, records.length))
    }
    if (isWork && random.below(3) === 0)
      records.push(record('okta-staging', at + 9000, creation, creation.status, records.length))
  }
  const connection = openJournalForWriting(join(dataDir, 'journal.db'))
  createJournalAppender(connection).append({ session: 'past', sequence: 1 }, records)
  connection.close()
}

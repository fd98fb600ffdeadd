import { join } from 'node:path'
import { createCycleTracker } from '../../src/main/provisioning/cycles/cycle-tracker.ts'
import { createJournalAppender } from '../../src/main/store/journal/append.ts'
import { openJournalForWriting } from '../../src/main/store/journal/journal-file.ts'
import type { JournalRecord } from '../../src/main/store/journal/journal-record.ts'
import { prepareTrackingWrites } from '../../src/main/store/journal/tracking.ts'
import { createRandom } from '../seeded-random.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const people = 60

interface Kind {
  readonly method: string
  readonly path: (person: number) => string
  readonly endpoint: string
  readonly classification: string
  readonly status: number
  /** The code of what it did. */
  readonly code?: string
}

const lookup: Kind = {
  method: 'GET',
  path: (person) => `/Users?filter=userName+eq+%22person${person}%40example.com%22`,
  endpoint: 'Users',
  classification: 'user match lookup',
  status: 200,
}

/** Entra ID begins whatever it does by looking for nobody. */
const probe: Kind = {
  method: 'GET',
  path: () => '/Users?filter=userName+eq+%223f2b1a6e-0d4c-4a55-9a77-0c8f3f1f5a10%22',
  endpoint: 'Users',
  classification: 'connection test probe',
  status: 200,
}

const creation: Kind = {
  method: 'POST',
  path: () => '/Users',
  endpoint: 'Users',
  classification: 'create user',
  status: 201,
  code: 'created',
}

const kinds: readonly Kind[] = [
  lookup,
  creation,
  {
    method: 'PATCH',
    path: (person) => `/Users/p${person}`,
    endpoint: 'Users',
    classification: 'update user',
    status: 200,
    code: 'patched',
  },
  {
    method: 'PATCH',
    path: (person) => `/Groups/g${person % 5}`,
    endpoint: 'Groups',
    classification: 'add members',
    status: 204,
    code: 'patched',
  },
]

interface Sender {
  readonly id: number
  readonly slug: string
  readonly idp: string
  readonly isLetIn: true
}

function record(sender: Sender, at: number, kind: Kind, status: number, n: number): JournalRecord {
  const person = (n * 7) % people
  const target = kind.path(person)
  return {
    at,
    durationMicros: 800 + (n % 40) * 90,
    status,
    method: kind.method,
    target: `/scim/${sender.slug}/v2${target}`,
    endpoint: kind.endpoint,
    resourceId: kind === creation ? `p${person}` : kind.method === 'PATCH' ? target.split('/').at(-1) : undefined,
    integrationId: sender.id,
    integrationSlug: sender.slug,
    classification: status === 409 ? `${kind.classification} (conflict)` : kind.classification,
    matched: kind === lookup ? 1 : kind === probe ? 0 : undefined,
    idp: sender.idp,
    certainty: 'likely',
    requestId: `past-${sender.slug}-${n}`,
    remoteAddress: '20.50.2.1',
    requestBytes: 300,
    responseBytes: 900,
    flags: 0,
    lost: undefined,
    subject: undefined,
    requestHeaders: 'Host: scim.example.com',
    requestBody: kind === creation ? `{"userName":"person${person}@example.com"}` : undefined,
    responseHeaders: 'content-type: application/scim+json',
    responseBody:
      kind === lookup
        ? `{"totalResults":1,"Resources":[{"id":"p${person}"}]}`
        : status === 409
          ? `{"detail":"userName is taken by somebody else.","scimType":"uniqueness"}`
          : `{"id":"p${person}"}`,
    trace: kind.code === undefined || status >= 400 ? '[]' : `[{"step":"change","code":"${kind.code}"}]`,
    idpBecause: undefined,
  }
}

/** Writes a month of traffic into the journal of a data directory that nobody serves: an Entra cycle every 40 minutes, Okta now and then. */
export function writePastTraffic(
  dataDir: string,
  now: number,
  slugs: { readonly entra: string; readonly okta: string } = { entra: 'entra-id-production', okta: 'okta-staging' },
): void {
  const random = createRandom(7)
  const entra: Sender = { id: 1, slug: slugs.entra, idp: 'entra', isLetIn: true }
  const okta: Sender = { id: 2, slug: slugs.okta, idp: 'okta', isLetIn: true }
  const connection = openJournalForWriting(join(dataDir, 'journal.db'))
  const appender = createJournalAppender(connection)
  const tracker = createCycleTracker(prepareTrackingWrites(connection), () => [entra, okta])
  let n = 0
  let sequence = 0
  // None of them stands at the edge of a day or a week, to fall out of it while a test looks.
  for (let at = now - 30 * dayMs + 10 * minuteMs; at < now - 20 * minuteMs; at += 40 * minuteMs) {
    const isWork = new Date(at).getDay() % 6 !== 0 && new Date(at).getHours() > 6 && new Date(at).getHours() < 19
    // The first one looks for everybody.
    const count = n === 0 ? 2 * people : 3 + random.below(isWork ? 22 : 5)
    const records: JournalRecord[] = []
    const add = (sender: Sender, after: number, kind: Kind, status: number) => {
      records.push(record(sender, at + after, kind, status, n))
      n += 1
    }
    for (let each = 0; each < 2; each += 1) add(entra, each * 100, probe, probe.status)
    for (let each = 0; each < count; each += 1) {
      const kind = records.length > people || random.below(10) < 7 ? lookup : random.pick(kinds)
      const status = kind.method === 'POST' && random.below(6) === 0 ? 409 : kind.status
      add(entra, 1000 + each * (isWork ? 9000 : 4000), kind, status)
    }
    if (isWork && random.below(3) === 0) add(okta, count * 9000, creation, creation.status)
    sequence += 1
    appender.append({ session: 'past', sequence }, records, tracker.begin())
  }
  connection.close()
}

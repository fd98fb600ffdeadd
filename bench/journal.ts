import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Exchange } from '../src/main/journal/exchange.ts'
import { openJournalReader } from '../src/main/journal/search/journal-reader.ts'
import { openJournal } from '../src/main/journal/journal.ts'

/**
 * What the journal costs: `node bench/journal.ts [exchanges]`. Posts realistic exchanges of about 3.5 KB and prints the
 * cost of one on the endpoint's thread and how many a second the journal's thread stores.
 */
const count = Number(process.argv[2] ?? 100_000)
const perTurn = 256

function requestHeaders(at: number): string {
  return `host: scim.example.com\nuser-agent: Okta SCIM Client 1.0.0\naccept: application/scim+json\naccept-charset: utf-8\ncontent-type: application/scim+json; charset=utf-8\nauthorization: [redacted]\ncontent-length: ${900 + (at % 50)}\naccept-encoding: gzip,deflate\nconnection: keep-alive\ntraceparent: 00-${crypto.randomUUID()}-01`
}

function user(at: number): Record<string, unknown> {
  const name = `given${at}.family${at % 977}@example.com`
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: crypto.randomUUID(),
    userName: name,
    active: true,
    displayName: `Given${at} Family${at % 977}`,
    name: { formatted: `Given${at} Family${at % 977}`, familyName: `Family${at % 977}`, givenName: `Given${at}` },
    emails: [{ primary: true, type: 'work', value: name }],
    phoneNumbers: [{ type: 'work', value: `+49 30 ${at}` }],
    addresses: [{ type: 'work', streetAddress: `Street ${at % 300}`, locality: 'Berlin', country: 'DE' }],
    title: 'Engineer',
    preferredLanguage: 'de-DE',
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
    nickName: `G${at}`,
    groups: Array.from({ length: 4 + (at % 8) }, (_, each) => ({
      value: crypto.randomUUID(),
      display: `Team ${each}`,
      type: 'direct',
    })),
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: 'Engineering',
      employeeNumber: `${at}`,
    },
  }
}

function exchange(at: number): Exchange {
  const id = crypto.randomUUID()
  const resource = user(at)
  const meta = {
    resourceType: 'User',
    created: '2026-09-01T08:00:00.000Z',
    lastModified: '2026-09-01T08:00:00.000Z',
    location: `https://scim.example.com/scim/okta/v2/Users/${id}`,
    version: `W/"${at}"`,
  }
  const shared = {
    requestId: crypto.randomUUID(),
    at: Date.now(),
    durationMicros: 400 + (at % 300),
    integrationId: 1,
    integrationSlug: 'okta',
    remoteAddress: '203.0.113.7',
    requestHeaders: requestHeaders(at),
    responseHeaders: `content-type: application/scim+json\nx-request-id: ${crypto.randomUUID()}\ncontent-length: 1400\ndate: Tue, 01 Sep 2026 08:00:00 GMT\nconnection: keep-alive`,
  }
  if (at % 3 === 0)
    return {
      ...shared,
      method: 'GET',
      target: `/scim/okta/v2/Users?filter=userName%20eq%20%22given${at}%40example.com%22&startIndex=1&count=100`,
      endpoint: 'Users',
      resourceId: undefined,
      status: 200,
      requestBody: undefined,
      responseBody: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 1,
        itemsPerPage: 1,
        startIndex: 1,
        Resources: [{ id, ...resource, meta }],
      }),
      matched: 1,
      trace: '[{"step":"authenticate","code":"token"},{"step":"match","code":"filter","path":"userName","count":1}]',
    }
  return {
    ...shared,
    method: 'POST',
    target: '/scim/okta/v2/Users',
    endpoint: 'Users',
    resourceId: id,
    status: 201,
    requestBody: JSON.stringify(resource),
    responseBody: JSON.stringify({ id, ...resource, meta }),
    matched: undefined,
    trace: '[{"step":"authenticate","code":"token"},{"step":"change","code":"created"}]',
  }
}

const directory = mkdtempSync(join(tmpdir(), 'rollcall-journal-'))
const file = join(directory, 'journal.db')
const journal = openJournal({
  file,
  threadUrl: new URL('../src/main/journal/thread/journal-thread.ts', import.meta.url),
  onTrouble: (message) => console.error(message),
})
try {
  const samples = Array.from({ length: 5000 }, (_, at) => exchange(at))
  const bytes = samples.reduce(
    (sum, { requestHeaders: a, requestBody, responseHeaders: b, responseBody, trace, target }) =>
      sum +
      a.length +
      b.length +
      (requestBody?.length ?? 0) +
      (responseBody?.length ?? 0) +
      trace.length +
      target.length,
    0,
  )
  // The thread starts and the compiler warms up.
  for (const each of samples) journal.record(each)
  await journal.flush()

  const begin = performance.now()
  const cpuBefore = process.threadCpuUsage()
  for (let at = 0; at < count; at++) {
    const sample = samples[at % samples.length]
    if (sample) journal.record(sample)
    if (at % perTurn === 0) await new Promise((resolve) => void setImmediate(resolve))
    // At most some 30 MB behind, so that no body has to be left out.
    if (at % 8192 === 0) await journal.flush()
  }
  await journal.flush()
  const elapsed = performance.now() - begin
  const cpu = process.threadCpuUsage(cpuBefore)
  console.log(`${Math.round(bytes / samples.length)} bytes an exchange`)
  console.log(`${((cpu.user + cpu.system) / count).toFixed(2)} µs an exchange on the endpoint's thread`)
  console.log(`${Math.round((count / elapsed) * 1000).toLocaleString('en')} exchanges/s stored`)
  await journal.close()
  const reader = openJournalReader(file)
  const searched = performance.now()
  reader.page({ limit: 50, where: { text: 'nobody has this' } })
  console.log(`${Math.round(performance.now() - searched)} ms for one step of a search in bodies`)
  const listed = performance.now()
  const { entries } = reader.page({ limit: 50 })
  console.log(`${(performance.now() - listed).toFixed(1)} ms for the newest ${entries.length}`)
  const found = performance.now()
  const stored = reader.get(samples[0]?.requestId ?? '') ? 'found' : 'missing'
  console.log(`${(performance.now() - found).toFixed(1)} ms for one by its request id (${stored})`)
  console.log(`${reader.newestId() - count - samples.length} exchanges missing`)
  reader.close()
  console.log(`${Math.round(statSync(file).size / (count + samples.length))} bytes an exchange on disk`)
  console.log(`${Math.round(process.memoryUsage().rss / 1024 / 1024)} MiB resident`)
} finally {
  await journal.close()
  rmSync(directory, { recursive: true })
}

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { threadBundle } from '../../../test/thread-bundles.ts'
import type { Exchange } from './exchange.ts'
import { openJournal } from './journal.ts'

const exchange: Exchange = {
  requestId: 'request-1',
  at: 1_700_000_000_000,
  durationMicros: 1500,
  integrationId: 1,
  integrationSlug: 'okta',
  remoteAddress: '203.0.113.7',
  method: 'GET',
  target: '/scim/okta/v2/Users',
  endpoint: 'Users',
  resourceId: undefined,
  status: 200,
  requestHeaders: 'host: scim.example.com',
  requestBody: undefined,
  responseHeaders: 'content-type: application/scim+json',
  responseBody: '{}',
  matched: undefined,
  trace: '[]',
}

/** The niceness of every thread of this process, by its name (proc_pid_stat(5), the field 19). */
function niceness(): readonly (readonly [string, number])[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [[name, Number(fields[16])] as const]
    } catch {
      return [] // it ended meanwhile
    }
  })
}

test.runIf(process.platform === 'linux')("of all threads the journal's alone lets the others go first", async () => {
  const before = niceness()
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-step-back-'))
  const journal = openJournal({
    file: join(directory, 'journal.db'),
    threadUrl: threadBundle('journal-thread'),
    settings: {},
    onTrouble: (message) => expect.unreachable(message),
  })
  try {
    journal.record(exchange)
    await journal.flush()
    const known = new Set(before.map(([name, nice]) => `${name} ${nice}`))
    expect(niceness().filter(([name, nice]) => !known.has(`${name} ${nice}`))).toEqual([['journal', 3]])
  } finally {
    await journal.close()
    rmSync(directory, { recursive: true })
  }
})

import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { openWriterConnection } from '../../src/main/store/file/database-files.ts'
import { createJournalAppender } from '../../src/main/store/journal/append.ts'
import { openJournalForWriting } from '../../src/main/store/journal/journal-file.ts'
import type { JournalRecord } from '../../src/main/store/journal/journal-record.ts'
import { createClient, type Client } from '../client.ts'
import { eventually } from '../eventually.ts'
import { expect, openConsole, type RunningConsole } from './console.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

/** A client of an integration that is made for it, once the endpoint lets it in. */
export async function connect(running: RunningConsole, name: string, options: readonly string[] = []): Promise<Client> {
  const made = Created.parse(
    await running.rollcall('integrations', 'create', '--name', name, '--idp', 'entra', ...options),
  )
  const client = createClient(`${running.scim}/${made.slug}/v2`, made.token)
  await eventually(
    () => client.get('/ServiceProviderConfig'),
    ({ status }) => status === 200,
    10_000,
  )
  return client
}

/** A client of an integration that is made for it, and the request screen of its console. */
export async function openRequests(page: Page, running: RunningConsole): Promise<Client> {
  const client = await connect(running, 'Entra ID')
  await openConsole(page, running, '/requests')
  await expect(page.getByRole('row', { name: /Read service provider config/ }).first()).toBeVisible()
  return client
}

/** A line of a log that was written before. */
export function pastRequest(at: number, changed: Partial<JournalRecord> = {}): JournalRecord {
  return {
    at,
    durationMicros: 1500,
    status: 200,
    method: 'GET',
    target: '/scim/entra-id/v2/Users?filter=userName+eq+%22ana%40example.com%22',
    endpoint: 'Users',
    resourceId: undefined,
    integrationId: 1,
    integrationSlug: 'entra-id',
    classification: 'user match lookup',
    matched: 1,
    idp: 'entra',
    certainty: 'likely',
    requestId: `past-${at}`,
    remoteAddress: '20.50.2.1',
    requestBytes: 0,
    responseBytes: 900,
    flags: 0,
    lost: undefined,
    subject: undefined,
    requestHeaders: 'host: scim.example.com',
    requestBody: undefined,
    responseHeaders: 'content-type: application/scim+json',
    responseBody: '{"totalResults":1}',
    trace: '[{"step":"authenticate","code":"token-accepted","seen":"entra-id"}]',
    idpBecause: undefined,
    ...changed,
  }
}

/** Puts lines into the log of a data directory, which may be new, that nobody serves. */
export function writePast(dataDir: string, records: readonly JournalRecord[]): void {
  openWriterConnection(dataDir).close()
  const connection = openJournalForWriting(join(dataDir, 'journal.db'))
  createJournalAppender(connection).append({ session: 'past', sequence: 1 }, records)
  connection.close()
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openJournalReader } from '../../journal/search/journal-reader.ts'
import { createJournalAppender } from '../../store/journal/append.ts'
import { openJournalForWriting } from '../../store/journal/journal-file.ts'
import { journalRecord } from '../../store/journal/journal-record.fixture.ts'
import type { JournalRecord } from '../../store/journal/journal-record.ts'
import { createJournalRetention } from '../../store/journal/retention.ts'
import { createTrafficLog } from './traffic-log.ts'
import { integrationTraffic } from './traffic-reads.ts'

const now = Date.parse('2026-03-30T09:30:00Z')

function openLog() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-traffic-'))
  const file = join(folder, 'journal.db')
  const connection = openJournalForWriting(file)
  const appender = createJournalAppender(connection)
  const journal = openJournalReader(file)
  onTestFinished(() => {
    journal.close()
    connection.close()
    rmSync(folder, { recursive: true })
  })
  let sequence = 0
  return {
    journal,
    traffic: createTrafficLog(journal),
    append: (records: readonly JournalRecord[]) => appender.append({ session: 'a', sequence: ++sequence }, records),
    forget: () => createJournalRetention(connection).deleteStep({ keepSince: now, maxBytes: Infinity, now }),
  }
}

const answered = (slug: string, status: number, at = now - 1000) =>
  journalRecord({ integrationSlug: slug, target: `/scim/${slug}/v2/Users`, status, at })

const notLetIn = (slug: string) => journalRecord({ ...answered(slug, 401), integrationSlug: undefined })

test('an integration fails since its last success, also where its token is refused or it never succeeded', async () => {
  const log = openLog()
  async function failing(): Promise<readonly string[]> {
    const integrations = ['stumbles', 'fails', 'refused', 'recovered', 'silent'].map((slug) => ({ slug, since: null }))
    const traffic = await integrationTraffic(log, { integrations, now })
    return traffic.flatMap(([slug, { failingBecause }]) => (failingBecause === null ? [] : [slug]))
  }
  expect(await failing()).toEqual([])
  log.append([
    answered('stumbles', 200),
    answered('stumbles', 409),
    answered('fails', 403),
    answered('refused', 200),
    notLetIn('refused'),
    notLetIn('recovered'),
    answered('recovered', 200),
    notLetIn('somebody else'),
  ])
  expect(await failing()).toEqual(['stumbles', 'fails', 'refused'])
  log.append([answered('stumbles', 200), answered('refused', 200), answered('recovered', 500)])
  expect(await failing()).toEqual(['fails', 'recovered'])
})

test('a success that is deleted is none any more, and one from before 32 days is found', async () => {
  const log = openLog()
  log.append([answered('old', 200, now - 40 * 86_400_000)])
  log.append([answered('new', 200)])
  const successes = async () =>
    (await integrationTraffic(log, { integrations: [{ slug: 'old', since: null }], now })).map(
      ([, { lastSuccessAt }]) => lastSuccessAt,
    )
  expect(await successes()).toEqual([now - 40 * 86_400_000])
  log.forget()
  expect(await successes()).toEqual([null])
})

test('others have their turn while a long log is looked through', async () => {
  const log = openLog()
  log.append(Array.from({ length: 20_001 }, () => answered('entra', 200)))
  const done: string[] = []
  const caughtUp = log.traffic.upTo(now).then(() => done.push('log'))
  await turn()
  done.push('another')
  await caughtUp
  expect(done).toEqual(['another', 'log'])
  const [hour] = (await log.traffic.upTo(now)).hours()
  expect(hour?.requests).toBe(20_001)
})

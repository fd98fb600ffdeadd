import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { errorBody } from '../../scim/error.ts'
import { createTrace } from '../../scim/note.ts'
import { createPackerPool } from '../journal/queue/batch.ts'
import { knownIntegrations } from '../journal/known-integrations.ts'
import type { Exchange } from '../journal/exchange.ts'
import { createJournalWriter, type JournalWriter } from '../journal/thread/journal-writer.ts'
import { defaultJournalSettings } from '../journal/journal-settings.ts'
import { openTestDirectory, type Method, type TestDirectory } from '../directory/test-directory.fixture.ts'
import { prepareTrackingWrites } from '../store/journal/tracking.ts'
import type { IntegrationStatus } from './status/integration-status.ts'
import { createAnswers } from './day-answers.fixture.ts'
import { idOfHit } from './cycles/exchange-effects.ts'
import { createCycleTracker } from './cycles/cycle-tracker.ts'
import { createProvisioning, type Provisioning } from './provisioning.ts'
import { openProvisioningReader } from './provisioning-reader.ts'
import { toldCycle, type ToldCycle } from './cycles/told-cycle.fixture.ts'

const minute = 60_000

/** What an IdP gets back. */
export interface Got {
  readonly status: number
  /** The id of the one resource that the answer is about; empty where there is none. */
  readonly id: string
  readonly matched: number
  /** The cursor of the next page; undefined where there is none. */
  readonly next: string | undefined
}

export interface DayOptions {
  /** The IdP that sends, `entra` unless it is another; its integration has its name as slug. */
  readonly idp?: string
  readonly headers?: string
}

/** An IdP's day on a clock of its own: requests go to the real directory, and what comes of them through the real journal. */
export interface Day {
  /** Ms since the epoch. */
  readonly now: () => number
  /** Lets the clock run on to a time of the day, `09:30` or, days later, `+1 09:30`. */
  until(clock: string): void
  wait(ms: number): void
  /** Sets the clock to another time, as no clock runs. */
  jump(ms: number): void
  /** Sends a request; it takes 20 ms. */
  send(method: 'GET' | Method, path: string, body?: unknown): Got
  /** A request that is kept out with this status; `code` is the note that says why. */
  refuse(status: number, code: string, path?: string): void
  /** Ends the journal's thread and starts another one, as a restart of the server does. */
  restart(): void
  /** Stores what has come so far, as the journal does every 50 ms. */
  flush(): void
  /** Exchanges that the journal could not take. */
  lose(count: number): void
  /** The cycles inferred so far, oldest first. */
  cycles(): readonly ToldCycle[]
  /** The integration's status at this moment. */
  status(): IntegrationStatus
  readonly directory: ReturnType<typeof openTestDirectory>
  readonly provisioning: Provisioning
  readonly slug: string
  /** What the journal's thread had to say. */
  readonly troubles: readonly string[]
}

const start = Date.parse('2026-03-02T00:00:00Z')

/** The id of the test directory's integration of an IdP; made where there is none. */
function integrationOf({ administer, store }: TestDirectory, idp: string): number {
  if (store.integrations.bySlug(idp) === undefined)
    administer('create-integration', { directory: 'main', name: idp, idp, slug: idp })
  const made = store.integrations.bySlug(idp)
  if (made === undefined) throw new Error(`no integration ${idp}`)
  return made.id
}

export function startDay(options: DayOptions = {}): Day {
  const slug = options.idp ?? 'entra'
  const directory = openTestDirectory()
  const file = join(directory.dataDir, 'journal.db')
  const integrationId = integrationOf(directory, slug)
  const troubles: string[] = []
  directory.execute({
    kind: 'administration',
    name: 'issue-token',
    input: { slug, prefix: 'rc_test', overlapMs: 0, expiresAt: null },
    actor: 'command line',
    now: start,
  })
  const answer = createAnswers(directory, { integrationId, slug })
  let integrations = knownIntegrations(directory.store)
  let now = start
  let sequence = 0
  let requests = 0
  let session = 0
  let writer = openWriter()
  const newPacker = createPackerPool()
  let packer = newPacker()
  let waiting = 0
  let lost = 0
  const reader = openProvisioningReader(file)
  const provisioning = createProvisioning({ reads: directory.store, reader, now: () => now })

  function openWriter(): JournalWriter {
    session += 1
    sequence = 0
    return createJournalWriter(
      {
        file,
        session: `session-${session}`,
        settings: { ...defaultJournalSettings, keepDays: 3650 },
        integrations,
        withoutTracking: false,
      },
      {
        now: () => now,
        defer: (work) => work(),
        trouble: (message) => void troubles.push(message),
        observe: (connection) => createCycleTracker(prepareTrackingWrites(connection), () => integrations),
      },
    )
  }

  function flush(): void {
    if (waiting === 0 && lost === 0) return
    sequence += 1
    const gap = lost === 0 ? undefined : { lost, since: now, until: now }
    const reply = writer.take({ kind: 'batch', sequence, gap, exchanges: packer.packed() })
    if (reply?.kind !== 'committed') throw new Error(`not stored: ${JSON.stringify(reply)}`)
    packer = newPacker()
    waiting = 0
    lost = 0
  }

  function record(exchange: Partial<Exchange>): void {
    requests += 1
    const whole: Exchange = {
      requestId: `day-${requests}`,
      at: now,
      durationMicros: 12_000,
      integrationId,
      integrationSlug: slug,
      remoteAddress: '203.0.113.7',
      method: 'GET',
      target: '/',
      endpoint: undefined,
      resourceId: undefined,
      status: 200,
      requestHeaders: `host: scim.example\nauthorization: [redacted]${options.headers === undefined ? '' : `\n${options.headers}`}`,
      requestBody: undefined,
      responseHeaders: 'content-type: application/scim+json',
      responseBody: undefined,
      matched: undefined,
      trace: '[]',
      ...exchange,
    }
    packer.add(whole, true)
    waiting += 1
    now += 20
    if (requests % 50 === 0) flush()
  }

  function send(method: 'GET' | Method, path: string, body?: unknown): Got {
    const [, endpoint, id] = (path.split('?')[0] ?? '').split('/')
    const got = answer(method, path, body, now)
    const trace = createTrace()
    trace.add({ step: 'authenticate', code: 'token-accepted', seen: slug })
    trace.addText(got.notes)
    trace.add({ step: 'status', code: 'answered', seen: String(got.status) })
    record({
      method,
      target: `/scim/${slug}/v2${path}`,
      endpoint,
      resourceId: got.resourceId ?? id,
      status: got.status,
      requestBody: body === undefined ? undefined : JSON.stringify(body),
      responseBody: got.body,
      matched: got.matched,
      trace: trace.text(),
    })
    const hit = got.matched === 1 ? idOfHit(got.body) : undefined
    const next = /"nextCursor":"([^"]*)"/.exec(got.body ?? '')?.[1]
    return { status: got.status, id: got.resourceId ?? id ?? hit ?? '', matched: got.matched ?? 0, next }
  }

  function wait(ms: number): void {
    flush()
    const end = now + ms
    integrations = knownIntegrations(directory.store)
    while (now < end) {
      now = Math.min(end, now + minute)
      writer.tidy()
    }
  }

  onTestFinished(() => {
    reader.close()
    writer.close()
    directory.close()
  })

  return {
    now: () => now,
    wait,
    until(clock) {
      const [, days = '0', hours = '0', minutes = '0'] = /^(?:\+(\d+) )?(\d\d):(\d\d)$/.exec(clock) ?? []
      const at = start + ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * minute
      if (at < now) throw new Error(`${clock} is over`)
      wait(at - now)
    },
    jump(ms) {
      flush()
      now += ms
    },
    send,
    refuse(status, code, path = '/Users?filter=userName+eq+%225b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11%22') {
      const isUnknown = status === 401
      record({
        target: `/scim/${slug}/v2${path}`,
        status,
        ...(isUnknown ? { integrationId: undefined, integrationSlug: undefined } : {}),
        responseBody: JSON.stringify(errorBody({ status, detail: 'refused' })),
        trace: JSON.stringify([{ step: 'authenticate', code }]),
      })
    },
    flush,
    restart() {
      flush()
      writer.close()
      writer = openWriter()
    },
    lose(count) {
      flush()
      lost = count
      flush()
    },
    cycles() {
      flush()
      return provisioning
        .cycles(slug, 100)
        .map((cycle) => toldCycle(cycle, start))
        .toReversed()
    },
    status() {
      flush()
      const found = provisioning.statusOf(slug, 10)
      // What is remembered of all is what is read of one.
      expect(provisioning.status(10).find((each) => each.slug === slug)).toEqual(found)
      if (found === undefined) throw new Error(`no integration ${slug}`)
      return found
    },
    directory,
    provisioning,
    slug,
    troubles,
  }
}

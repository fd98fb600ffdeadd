import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { errorBody, ScimError } from '../../scim/error.ts'
import { createNotes, createTrace, noteTexts } from '../../scim/note.ts'
import { parseQueryParameters } from '../../scim/query.ts'
import { createModels } from '../../scim/models.ts'
import { createPackerPool } from '../journal/batch.ts'
import { knownIntegrations } from '../journal/known-integrations.ts'
import type { Exchange } from '../journal/exchange.ts'
import { createJournalWriter, type JournalWriter } from '../journal/journal-writer.ts'
import { defaultJournalSettings } from '../journal/journal-settings.ts'
import { defaultLimits } from '../endpoint/endpoint-limits.ts'
import { defaultPolicy } from '../directory/policy.ts'
import { readList, readOne } from '../directory/scim-read.ts'
import { openTestDirectory, type Method } from '../directory/test-directory.fixture.ts'
import { prepareTrackingWrites } from '../store/journal/tracking.ts'
import type { ActivityKind } from './activity.ts'
import type { Cycle } from './cycle.ts'
import type { FailureCounts } from './failure-kind.ts'
import type { IntegrationStatus } from './integration-status.ts'
import { idOfHit } from './exchange-effects.ts'
import { createCycleTracker } from './cycle-tracker.ts'
import { createProvisioning, type Provisioning } from './provisioning.ts'
import { openProvisioningReader } from './provisioning-reader.ts'
import type { ResourceCounts } from './subject-marks.ts'

const second = 1000
const minute = 60 * second

/** What an IdP gets back. */
export interface Got {
  readonly status: number
  /** The id of the one resource that the answer is about; empty where there is none. */
  readonly id: string
  readonly matched: number
}

/** A cycle as the days' tables have it: only the counts that are not 0. */
export interface ToldCycle {
  readonly kind: ActivityKind
  /** When it began, `08:00`, with the day before it where that is not the first: `+1 08:00`. */
  readonly from: string
  readonly users?: Partial<ResourceCounts>
  readonly groups?: Partial<ResourceCounts>
  readonly members?: readonly [added: number, removed: number]
  readonly failures?: Partial<FailureCounts>
  readonly listed?: readonly [users: number, groups: number]
  readonly deferred?: number
  readonly isRunning?: true
}

export interface DayOptions {
  /** The slug of the integration of the test directory that sends: `entra` or `okta`. */
  readonly slug?: 'entra' | 'okta'
  /** The IdP that the admin chose for it. */
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
  /** The same, answered by the server as the options say, without the directory. */
  refuse(status: number, code: string, path?: string): void
  /** Ends the journal's thread, as a restart does; with `crash` what it has not stored by then is lost. */
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

function nonZero<Counts extends Readonly<Record<string, number>>>(counts: Counts): Partial<Counts> | undefined {
  const found = Object.entries(counts).filter(([, count]) => count !== 0)
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Partial<Counts>)
}

function clockOf(at: number): string {
  const days = Math.floor((at - start) / (24 * 60 * minute))
  return `${days === 0 ? '' : `+${days} `}${new Date(at).toISOString().slice(11, 16)}`
}

function told({ kind, activity }: Cycle): ToldCycle {
  const { counts } = activity
  const users = nonZero(counts.users)
  const groups = nonZero(counts.groups)
  const failures = nonZero(counts.failures)
  return {
    kind,
    from: clockOf(activity.startedAt),
    ...(users && { users }),
    ...(groups && { groups }),
    ...(counts.membersAdded + counts.membersRemoved > 0 && {
      members: [counts.membersAdded, counts.membersRemoved] as const,
    }),
    ...(failures && { failures }),
    ...(counts.listedUsers + counts.listedGroups > 0 && {
      listed: [counts.listedUsers, counts.listedGroups] as const,
    }),
    ...(counts.deferred > 0 && { deferred: counts.deferred }),
    ...(activity.endedAt === null && { isRunning: true as const }),
  }
}

export function startDay(options: DayOptions = {}): Day {
  const slug = options.slug ?? 'entra'
  const directory = openTestDirectory()
  const file = join(directory.dataDir, 'journal.db')
  const integrationId = slug === 'entra' ? directory.entra : directory.okta
  const troubles: string[] = []
  if (options.idp !== undefined)
    directory.connection.prepare('update integrations set idp = ? where id = ?').run(options.idp, integrationId)
  directory.execute({
    kind: 'administration',
    name: 'issue-token',
    input: { slug, prefix: 'rc_test', overlapMs: 0, expiresAt: null },
    actor: 'command line',
    now: start,
  })
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

  function read(path: string, notes: ReturnType<typeof createNotes>) {
    const [route = '', query = ''] = path.split('?')
    const [, endpoint, id] = route.split('/')
    const scope = {
      reads: directory.store,
      models: createModels([]),
      directoryId: directory.directoryId,
      policy: defaultPolicy,
      view: { integrationId, base: `https://scim.example/scim/${slug}/v2`, seesGroups: true },
      limits: { ...defaultLimits, costlyFrom: 1_000_000 },
      now,
      notes,
    }
    const resource = endpoint === 'Groups' ? 'Group' : 'User'
    const parsed = parseQueryParameters(query)
    if (id !== undefined) return readOne(scope, resource, id, parsed, undefined)
    const outcome = readList(scope, resource, parsed, true)
    if (outcome.kind !== 'answer') throw new Error('the directory of a test is small')
    return outcome.answer
  }

  function answer(method: 'GET' | Method, path: string, body: unknown, notes: ReturnType<typeof createNotes>) {
    if (method === 'GET') return { ...read(path, notes), notes: noteTexts(notes.list) }
    const command = directory.command(method, path, body, { integrationId })
    const [outcome] = directory.execute(
      path === '/Bulk'
        ? {
            kind: 'bulk',
            integrationId,
            body: JSON.stringify(body),
            base: command.base,
            requestId: command.requestId,
            now,
          }
        : { ...command, now },
    )
    switch (outcome?.kind) {
      case 'answer':
        return { ...outcome.answer, notes: outcome.notes }
      case 'scim-error':
        return {
          status: outcome.status,
          body: JSON.stringify(errorBody(outcome)),
          notes: outcome.notes,
          resourceId: undefined,
          matched: undefined,
        }
      default:
        throw new Error(`unexpected ${JSON.stringify(outcome)}`)
    }
  }

  function send(method: 'GET' | Method, path: string, body?: unknown): Got {
    const notes = createNotes()
    const [, endpoint, id] = (path.split('?')[0] ?? '').split('/')
    let got: ReturnType<typeof answer>
    try {
      got =
        endpoint === 'Users' || endpoint === 'Groups' || endpoint === 'Bulk'
          ? answer(method, path, body, notes)
          : { status: 200, body: '{}', notes: '', resourceId: undefined, matched: undefined }
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      got = {
        status: error.status,
        body: JSON.stringify(errorBody(error)),
        notes: noteTexts(notes.list),
        resourceId: undefined,
        matched: undefined,
      }
    }
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
    return { status: got.status, id: got.resourceId ?? id ?? hit ?? '', matched: got.matched ?? 0 }
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
      return provisioning.cycles(slug, 100).map(told).toReversed()
    },
    status() {
      flush()
      const found = provisioning.statusOf(slug, 10)
      if (found === undefined) throw new Error(`no integration ${slug}`)
      return found
    },
    directory,
    provisioning,
    slug,
    troubles,
  }
}

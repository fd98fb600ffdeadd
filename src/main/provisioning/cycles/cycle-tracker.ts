import { unreachable } from '../../../scim/unreachable.ts'
import type { BatchObserver } from '../../journal/thread/batch-observer.ts'
import type { KnownIntegration } from '../../journal/thread/known-integration.ts'
import { consoleAddress } from '../../journal/exchange.ts'
import type { JournalRecord } from '../../store/journal/journal-record.ts'
import type { FactRow, TrackingWrites } from '../../store/journal/tracking.ts'
import type { Activity, ActivityKind } from './activity.ts'
import type { ActivityEvent } from './activity-event.ts'
import { factKinds } from '../facts.ts'
import { newTrack, rhythmOf, trackIn, type IntegrationTrack } from './integration-track.ts'
import { createIntegrationWatch, type IntegrationWatch } from '../integration-watch.ts'
import { seenOpen } from './open-time.ts'
import { activityAmid, plainRead, ReadTally, withReads, type PlainRead } from './plain-reads.ts'
import { mustEnd } from './place-exchange.ts'
import { createSubjectLedger, packMarks, subjectNumber, unpackMarks, type SubjectLedger } from './subject-ledger.ts'
import { advance, track, trackLoss, type TrackingContext } from './track.ts'
import { readExchange } from './tracked-exchange.ts'

const day = 24 * 60 * 60 * 1000
/** Cycles are kept longer than their requests: a year and a month, so that a year can be compared with the one before. */
const keepCyclesMs = 400 * day
const keepFactsMs = {
  [factKinds.failing]: 35 * day,
  [factKinds.sent]: 120 * day,
  [factKinds.repeated]: 7 * day,
} as const
const tidyEveryMs = 60 * 60 * 1000

interface Tracked {
  readonly integrationId: number
  context: TrackingContext
  state: IntegrationTrack
  /** Requests of the batch that have not been counted yet. */
  reads: ReadTally | undefined
  readonly watch: IntegrationWatch
}

interface OpenLedger {
  readonly ledger: SubjectLedger
  /** What has changed since the last batch. */
  readonly changed: Map<number, number>
}

/** The integration that a request was meant for although it did not get in, by the slug in its path. */
function slugIn(target: string): string | undefined {
  return /^\/scim\/([a-z0-9][a-z0-9-]*)\//.exec(target)?.[1]
}

/** The time goes on in which requests get in, unless the admin keeps the IdP out. */
function withOpenTime(before: IntegrationTrack, isLetIn: boolean, now: number): IntegrationTrack {
  const openTime = isLetIn ? seenOpen(before.openTime, now) : before.openTime
  return openTime === before.openTime ? before : { ...before, openTime }
}

/**
 * Tells what the IdPs are doing from the exchanges that are being stored, and keeps it beside them in the same transaction, so that a restart
 * forgets nothing.
 */
export function createCycleTracker(
  store: TrackingWrites,
  integrations: () => readonly KnownIntegration[],
): BatchObserver {
  const tracked = new Map<number, Tracked>()
  const ledgers = new Map<number, OpenLedger>()
  /** Only what is loaded at the start has any; an integration whose first request comes later has none. */
  let stored: readonly FactRow[] = store.facts()
  let bySlug: ReadonlyMap<string, number> = new Map()
  let configured: ReadonlyMap<number, string> = new Map()
  let letIn: ReadonlySet<number> = new Set()
  let known: readonly KnownIntegration[] | undefined
  let tidiedAt: number | undefined

  const memory: TrackingContext['memory'] = {
    bitsOf: (activityId, subject) => ledgers.get(activityId)?.ledger.bitsOf(subject) ?? 0,
  }

  for (const { integration_id, state } of store.trackers()) add(integration_id, trackIn(state))
  stored = []

  function contextOf(integrationId: number): TrackingContext {
    return { configured: configured.get(integrationId) ?? 'generic', memory, numberOf: subjectNumber }
  }

  function add(integrationId: number, state: IntegrationTrack): Tracked {
    const made: Tracked = {
      integrationId,
      state,
      context: contextOf(integrationId),
      reads: undefined,
      watch: createIntegrationWatch(store, integrationId, stored),
    }
    tracked.set(integrationId, made)
    for (const activity of state.open) openLedger(activity.id)
    return made
  }

  function openLedger(activityId: number): OpenLedger {
    const ledger = createSubjectLedger()
    for (const packed of store.marks(activityId)) unpackMarks(packed, (subject, bits) => ledger.set(subject, bits))
    const opened = { ledger, changed: new Map<number, number>() }
    ledgers.set(activityId, opened)
    return opened
  }

  function learnIntegrations(): void {
    if (known === integrations()) return
    known = integrations()
    bySlug = new Map(known.map((each) => [each.slug, each.id]))
    configured = new Map(known.map((each) => [each.id, each.idp]))
    letIn = new Set(known.filter((each) => each.isLetIn).map((each) => each.id))
    for (const entry of tracked.values()) entry.context = contextOf(entry.integrationId)
  }

  function integrationOf({ integrationId, target, status }: JournalRecord): number | undefined {
    if (integrationId !== undefined) return integrationId
    // What nobody has authenticated speaks for an integration only where its token was refused: anybody can send a broken request to its URL.
    if (status !== 401 && status !== 429) return undefined
    const slug = slugIn(target)
    return slug === undefined ? undefined : bySlug.get(slug)
  }

  function saveCycle(integrationId: number, activity: Activity, kind: ActivityKind): void {
    store.saveCycle({
      id: activity.id,
      integration_id: integrationId,
      kind,
      started_at: activity.startedAt,
      ended_at: activity.endedAt,
      failed: activity.counts.failed,
      data: JSON.stringify(activity),
    })
  }

  function saveEvent(integrationId: number, event: ActivityEvent): void {
    switch (event.kind) {
      case 'started':
        // A new lane of the same request's number would be a bug of the tracker; marks of a number given again must not count.
        store.dropMarks(event.activity.id)
        ledgers.set(event.activity.id, { ledger: createSubjectLedger(), changed: new Map() })
        return
      case 'ended':
      case 'resumed':
        return saveCycle(integrationId, event.activity, event.as)
      case 'closed':
        saveCycle(integrationId, event.activity, event.as)
        ledgers.delete(event.activity.id)
        store.dropMarks(event.activity.id)
        return
      case 'reclassified':
        return store.setKind(event.id, event.as)
      default:
        return unreachable(event)
    }
  }

  /** Adds a request up with others of its kind, where it can be; returns whether it was. */
  function takeRead(entry: Tracked, id: number, read: PlainRead): boolean {
    // Whoever fails may be well again by it.
    if (entry.watch.hasFailing()) return false
    const activity = activityAmid(entry.state, read)
    const open = activity === undefined ? undefined : ledgers.get(activity.id)
    if (activity === undefined || open === undefined) return false
    if (mustEnd(activity, read.at, rhythmOf(entry.state, entry.context.configured))) return false
    entry.reads ??= new ReadTally(activity.id)
    const before = open.ledger.bitsOf(read.subject)
    const after = entry.reads.add(id, read, before)
    if (after !== before) {
      open.ledger.set(read.subject, after)
      open.changed.set(read.subject, after)
    }
    return true
  }

  function countReads(entry: Tracked): void {
    if (entry.reads === undefined) return
    entry.state = withReads(entry.state, entry.reads)
    entry.reads = undefined
  }

  function see(id: number, record: JournalRecord, dirty: Set<Tracked>): void {
    if (record.remoteAddress === consoleAddress) return
    const integrationId = integrationOf(record)
    if (integrationId === undefined) return
    const entry = tracked.get(integrationId) ?? add(integrationId, newTrack)
    dirty.add(entry)
    const read = plainRead(record)
    if (read !== undefined && takeRead(entry, id, read)) return
    countReads(entry)
    const exchange = { ...readExchange(record), id }
    const step = track(entry.state, exchange, entry.context)
    entry.state = step.track
    for (const event of step.events) saveEvent(integrationId, event)
    for (const { activityId, subject, bits } of step.marks) {
      const ledger = ledgers.get(activityId)
      ledger?.ledger.set(subject, bits)
      ledger?.changed.set(subject, bits)
    }
    if (step.activityId === undefined) return
    entry.watch.see(exchange, step.activityId, rhythmOf(entry.state, entry.context.configured).kind === 'cycles')
  }

  function save(dirty: ReadonlySet<Tracked>): void {
    for (const entry of dirty) {
      countReads(entry)
      const { integrationId, state, watch } = entry
      store.saveTracker({ integration_id: integrationId, state: JSON.stringify(state) })
      watch.flush()
      for (const { id } of state.open) {
        const changed = ledgers.get(id)?.changed
        if (changed === undefined || changed.size === 0) continue
        store.addMarks(id, packMarks(changed))
        changed.clear()
      }
    }
  }

  function tidy(now: number): void {
    if (tidiedAt !== undefined && Math.abs(now - tidiedAt) < tidyEveryMs) return
    tidiedAt = now
    store.forgetCycles(now - keepCyclesMs)
    for (const [kind, keep] of Object.entries(keepFactsMs)) store.forgetFacts(kind, now - keep)
  }

  function seeLoss(lost: number, dirty: Set<Tracked>): void {
    for (const entry of tracked.values()) {
      countReads(entry)
      entry.state = trackLoss(entry.state, lost)
      dirty.add(entry)
    }
  }

  return {
    begin() {
      learnIntegrations()
      const dirty = new Set<Tracked>()
      return {
        see(id, record) {
          if (record.lost === undefined) see(id, record, dirty)
          else seeLoss(record.lost, dirty)
        },
        end: () => save(dirty),
      }
    },
    tick(now, mayForget) {
      learnIntegrations()
      const dirty = new Set<Tracked>()
      for (const entry of tracked.values()) {
        const step = advance(entry.state, now, entry.context.configured)
        const after = withOpenTime(step.track, letIn.has(entry.integrationId), now)
        if (after === entry.state) continue
        entry.state = after
        dirty.add(entry)
        for (const event of step.events) saveEvent(entry.integrationId, event)
      }
      save(dirty)
      if (mayForget) tidy(now)
    },
  }
}

import type { FactRow, TrackingWrites } from '../store/journal/tracking.ts'
import { isAboutSomebody, keysOfSuccess } from './cycles/bulk-effects.ts'
import type { SubjectEffect } from './cycles/exchange-effects.ts'
import { failedAgain, recoveredKeys, type FailingSubject } from './failures/failing-subject.ts'
import { createFactMemory } from './fact-memory.ts'
import { factKinds, parseFailing, parseRepeated, parseSent } from './facts.ts'
import { repeated, updatesIn, type RepeatedUpdate } from './failures/repeated-update.ts'
import { attributeKey, attributesIn, sentAgain, type SentAttribute } from './mapping/sent-attribute.ts'
import { isFailure, type TrackedExchange } from './cycles/tracked-exchange.ts'

const mostFailing = 500
const mostAttributes = 300
const mostUpdates = 1000
/** Writes of an activity that are all looked into for their attributes; after them each sixty-fourth. */
const wholeSample = 64
const sampleEvery = 64
/** PATCHes of an activity that are looked into for repetitions. */
const mostPatches = 1000
/** Of an activity, so many are remembered for the next one. */
const mostNewUpdates = 300
const fewestTimes = 3
const newsEveryMs = 60_000

/** What is looked for in an integration's requests beside its activities: who fails, what is sent, what is sent again and again. */
export interface IntegrationWatch {
  see(exchange: TrackedExchange, activityId: number, looksForRepeats: boolean): void
  /** Whether somebody fails at present. */
  hasFailing(): boolean
  flush(): void
}

/** Under load the same attributes come a thousand times a second; now and then is often enough to know that they do. */
function isNews(known: SentAttribute, again: SentAttribute): boolean {
  const isIgnored = (each: SentAttribute) => each.ignoredAt !== null && each.ignoredAt >= each.lastAt
  return (
    known.times < fewestTimes || again.lastAt - known.lastAt >= newsEveryMs || isIgnored(known) !== isIgnored(again)
  )
}

export function createIntegrationWatch(
  store: TrackingWrites,
  integrationId: number,
  rows: readonly FactRow[],
): IntegrationWatch {
  const failing = createFactMemory<FailingSubject>({
    store,
    integrationId,
    rows,
    kind: factKinds.failing,
    most: mostFailing,
    atOf: (fact) => fact.lastAt,
    parse: parseFailing,
  })
  const sent = createFactMemory<SentAttribute>({
    store,
    integrationId,
    rows,
    kind: factKinds.sent,
    most: mostAttributes,
    atOf: (fact) => fact.lastAt,
    parse: parseSent,
  })
  const updates = createFactMemory<RepeatedUpdate>({
    store,
    integrationId,
    rows,
    kind: factKinds.repeated,
    most: mostUpdates,
    atOf: (fact) => fact.lastAt,
    parse: parseRepeated,
  })
  let activity = 0
  let writes = 0
  let patches = 0
  let newUpdates = 0

  function begin(activityId: number): void {
    if (activity === activityId) return
    activity = activityId
    writes = 0
    patches = 0
    newUpdates = 0
  }

  function fail(exchange: TrackedExchange, effect: SubjectEffect, activityId: number): void {
    failing.set(effect.key, failedAgain(failing.get(effect.key), exchange, effect, activityId))
  }

  function seeFailures(exchange: TrackedExchange, activityId: number): void {
    if (exchange.role === 'bulk') {
      for (const effect of exchange.effects)
        if (!isFailure(effect)) for (const key of keysOfSuccess(effect)) failing.delete(key)
        else if (isAboutSomebody(effect)) fail(exchange, effect, activityId)
    } else if (exchange.failure !== undefined) {
      for (const effect of exchange.effects) if (isFailure(effect)) fail(exchange, effect, activityId)
    } else if (failing.size > 0) for (const key of recoveredKeys(exchange)) failing.delete(key)
  }

  function seeAttributes(exchange: TrackedExchange): void {
    if (!exchange.isWrite || exchange.status >= 400) return
    writes += 1
    if (writes > wholeSample && writes % sampleEvery !== 0 && !exchange.codes.includes('unknown-attribute')) return
    for (const attribute of attributesIn(exchange)) {
      const key = attributeKey(attribute.noun, attribute.path)
      const known = sent.get(key)
      if (known === undefined) sent.set(key, attribute)
      else if (isNews(known, attribute)) sent.set(key, sentAgain(known, attribute))
    }
  }

  function seeUpdates(exchange: TrackedExchange, activityId: number): void {
    if (exchange.record.method !== 'PATCH' || exchange.role !== 'change' || exchange.status >= 400) return
    patches += 1
    if (patches > mostPatches) return
    for (const update of updatesIn(exchange, activityId)) {
      const known = updates.get(update.fingerprint)
      if (known !== undefined) updates.set(update.fingerprint, repeated(known, update))
      else if (newUpdates < mostNewUpdates) {
        newUpdates += 1
        updates.set(update.fingerprint, update)
      }
    }
  }

  return {
    see(exchange, activityId, looksForRepeats) {
      begin(activityId)
      seeFailures(exchange, activityId)
      seeAttributes(exchange)
      if (looksForRepeats) seeUpdates(exchange, activityId)
    },
    hasFailing: () => failing.size > 0,
    flush() {
      failing.flush()
      sent.flush()
      updates.flush()
    },
  }
}

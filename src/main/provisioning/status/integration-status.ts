import { spokenName } from '../../../idp/catalogue.ts'
import type { IdpId } from '../../../idp/idp.ts'
import type { Rhythm } from '../../../idp/rhythm.ts'
import type { Cycle } from '../cycles/cycle.ts'
import { expectationOf } from '../cycles/expectation.ts'
import { failingCounts, type FailingCounts } from '../failures/failing-counts.ts'
import type { FailingSubject } from '../failures/failing-subject.ts'
import { idpOf, newTrack, rhythmOf, type IntegrationTrack, type Refusals } from '../cycles/integration-track.ts'
import { holdOf, stateOf, type Hold, type IntegrationState, type IntegrationSwitches } from './integration-state.ts'
import { presentOf, type Present } from './present.ts'
import { progressOf, type Progress } from '../cycles/progress.ts'
import { quarantineRiskOf, type QuarantineRisk } from '../failures/quarantine.ts'
import { statusSentence } from './status-sentence.ts'

/** An integration as the admin set it up, as far as its status depends on it. */
export interface ConfiguredIntegration extends IntegrationSwitches {
  readonly id: number
  readonly directoryId: number
  readonly slug: string
  readonly name: string
  readonly idp: string
  readonly pausedAt: number | undefined
  /** Whom it acts as may act. */
  readonly hasAdministrator: boolean
  /** How many users the admin expects the IdP to send. */
  readonly expectedUsers: number | undefined
}

/** How an integration is. Everything but the admin's own settings is inferred from requests. */
export interface IntegrationStatus {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly idp: IdpId
  /** As it is called within a sentence. */
  readonly idpName: string
  readonly state: IntegrationState
  /** What keeps the IdP out on this side; no cycle is expected then. */
  readonly hold: Hold | undefined
  /** The state in a sentence that can be read aloud. */
  readonly sentence: string
  readonly inferred: true
  readonly lastRequestAt: number | undefined
  readonly lastAcceptedAt: number | undefined
  /** Requests that did not get in since the last one that did. */
  readonly refusals: Refusals | undefined
  /** The same of clients that are not the IdP's, as far as is known. They change nothing of the state. */
  readonly strangers: Refusals | undefined
  readonly running: Cycle | undefined
  /** Newest first, the running one included. */
  readonly cycles: readonly Cycle[]
  readonly nextExpectedAt: number | undefined
  readonly overdueSince: number | undefined
  readonly progress: Progress | undefined
  readonly quarantine: QuarantineRisk | undefined
  readonly failing: FailingCounts
  /** Where the IdP's own account is found. */
  readonly ownLog: string | undefined
}

/** The stored cycles with what is known better by now, newest first. */
export function mergeCycles(present: Present, stored: readonly Cycle[], limit: number): readonly Cycle[] {
  const byId = new Map([...stored, ...present.recent].map((cycle) => [cycle.activity.id, cycle]))
  return [...byId.values()].toSorted((a, b) => b.activity.id - a.activity.id).slice(0, limit)
}

/** What a person wants to hear of when nothing runs: a test only where there is nothing else. */
function lastOf(cycles: readonly Cycle[]): Cycle | undefined {
  const ended = cycles.filter((each) => each.activity.endedAt !== null)
  return ended.find((each) => each.kind !== 'connection-test') ?? ended[0]
}

/** What kept the IdP out on this side, as far as that has been put right since, is of the past. */
function withoutPastRefusals(track: IntegrationTrack, integration: ConfiguredIntegration): IntegrationTrack {
  const reason = track.refusals?.reason
  const isPast =
    (reason === 'integration-disabled' && integration.isEnabled) ||
    (reason === 'administrator-inactive' && integration.hasAdministrator)
  return isPast ? { ...track, refusals: null } : track
}

export function integrationStatus(
  integration: ConfiguredIntegration,
  track: IntegrationTrack | undefined,
  storedCycles: readonly Cycle[],
  failingSubjects: readonly FailingSubject[],
  now: number,
): IntegrationStatus {
  const present = presentOf(withoutPastRefusals(track ?? newTrack, integration), integration.idp, now)
  const idp = idpOf(present.track, integration.idp)
  const rhythm: Rhythm = rhythmOf(present.track, integration.idp)
  const hold = holdOf(integration)
  const expectation = expectationOf(present, rhythm, hold, now)
  const quarantine = quarantineRiskOf(present, rhythm, expectation)
  const cycles = mergeCycles(present, storedCycles, Math.max(storedCycles.length, present.recent.length, 1))
  const failing = failingCounts(failingSubjects, rhythm, present.track.openTime, now)
  const state = stateOf(present, integration, rhythm, { expectation, quarantine }, now)
  const refusals = present.track.refusals ?? undefined
  const strangers = present.track.strangers ?? undefined
  const lastAcceptedAt = present.track.lastAcceptedAt ?? undefined
  return {
    id: integration.id,
    slug: integration.slug,
    name: integration.name,
    idp,
    idpName: spokenName(idp),
    state,
    hold,
    sentence: statusSentence(
      {
        state,
        switches: integration,
        idp,
        rhythm,
        pausedAt: integration.pausedAt,
        refusals,
        strangers,
        lastAcceptedAt,
        running: present.running,
        last: lastOf(cycles),
        expectation,
        failing,
        quarantine,
      },
      now,
    ),
    inferred: true,
    lastRequestAt: present.track.lastRequestAt ?? undefined,
    lastAcceptedAt,
    refusals,
    strangers,
    running: present.running,
    cycles,
    nextExpectedAt: expectation.nextAt,
    overdueSince: expectation.overdueSince,
    progress: progressOf(present.running, integration.expectedUsers, cycles),
    quarantine,
    failing,
    ownLog: rhythm.ownLog,
  }
}

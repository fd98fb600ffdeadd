import { isVisible } from '../../scim/text/visible-text.ts'
import { administratorProblemOf } from '../directory/directory-config.ts'
import type { IntegrationRow } from '../store/configuration/integrations.ts'
import type { JournalWhere } from '../store/journal/journal-where.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { adviceFor } from './failures/advice.ts'
import { isSettled, type Cycle } from './cycles/cycle.ts'
import { driftOf, type Drift } from './mapping/drift.ts'
import { expectedUsersOf } from './status/expected-users.ts'
import type { FailingSubject } from './failures/failing-subject.ts'
import {
  integrationStatus,
  mergeCycles,
  type ConfiguredIntegration,
  type IntegrationStatus,
} from './status/integration-status.ts'
import { holdOf } from './status/integration-state.ts'
import { idpOf, rhythmOf } from './cycles/integration-track.ts'
import type { KnownTrack } from './cycles/known-tracks.ts'
import { mappingHealthOf, type MappingHealth } from './mapping/mapping-health.ts'
import { duringOutage, type Outage } from './failures/outage.ts'
import { presentOf } from './status/present.ts'
import type { ProvisioningReader } from './provisioning-reader.ts'
import { repeatedAttributes, type RepeatedAttribute } from './failures/repeated-updates.ts'
import { retryOf } from './failures/retry.ts'

/** Somebody who fails, with what to do. */
export interface FailingPerson extends FailingSubject {
  /** userName or displayName, as well as it is known. */
  readonly who: string
  readonly advice: string
  /** When the IdP is expected to try again; undefined where it does not by itself, or is kept out. */
  readonly nextRetryAt: number | undefined
  /** It would be tried again by itself, were the IdP not kept out on this side. */
  readonly isHeld: boolean
  /** It failed once and has not been tried since: no matter of the present any more. */
  readonly isPast: boolean
}

/** Where the requests of a cycle stand in the journal: pass both to its reader. */
export interface CycleRequests {
  readonly where: JournalWhere
  readonly after: number
  readonly before: number
}

/** What is known of what the IdPs do; the questions that the console and the command line ask. Everything is inferred from requests. */
export interface Provisioning {
  /** Every integration with its newest cycles. */
  status(cyclesEach: number): readonly IntegrationStatus[]
  /** One of them; undefined for an unknown slug. */
  statusOf(slug: string, cycles: number): IntegrationStatus | undefined
  /** More of its cycles, newest first, those before the one of this number. */
  cycles(slug: string, limit: number, before?: number): readonly Cycle[]
  /** One of its cycles; undefined for a number that none has. */
  cycle(slug: string, id: number): Cycle | undefined
  /** Cycles that nothing can be added to any more, oldest first, after the one of this number; connection tests are none. */
  settledCycles(slug: string, after: number, limit: number): readonly Cycle[]
  /** Who fails, the latest first; the past ones last. */
  failing(slug: string): readonly FailingPerson[]
  mappingHealth(slug: string): MappingHealth | undefined
  repeatedUpdates(slug: string): readonly RepeatedAttribute[]
  /** SCIM-managed users and groups of a directory that were edited by hand since their IdP last wrote them. */
  drift(directoryId: number, limit: number): readonly Drift[]
  requestsOf(slug: string, cycle: Cycle): CycleRequests
}

interface Parts {
  readonly reads: StoreReads
  readonly reader: ProvisioningReader
  readonly now: () => number
  /** Undefined where all is well, or where no server runs in this process. */
  readonly outage?: () => Outage | undefined
}

/** Tokens that would let an IdP in at this moment. */
function hasToken(reads: StoreReads, integrationId: number, now: number): boolean {
  return reads.tokens.ofIntegration(integrationId).some((token) => {
    const end = Math.min(
      token.expires_at ?? Infinity,
      token.state === 'retiring' ? (token.retires_at ?? Infinity) : Infinity,
    )
    return token.state !== 'void' && end > now
  })
}

function configuredIntegration(reads: StoreReads, row: IntegrationRow, now: number): ConfiguredIntegration {
  return {
    id: row.id,
    directoryId: row.directory_id,
    slug: row.slug,
    name: row.name,
    idp: row.idp,
    isEnabled: row.enabled === 1,
    isPaused: row.paused_at !== null,
    pausedAt: row.paused_at ?? undefined,
    hasToken: hasToken(reads, row.id, now),
    hasAdministrator: administratorProblemOf(row) === undefined,
    expectedUsers: expectedUsersOf(reads, row.id),
  }
}

export function createProvisioning({ reads, reader, now, outage }: Parts): Provisioning {
  function statusOfRow(row: IntegrationRow, known: KnownTrack | undefined): IntegrationStatus {
    const at = now()
    const { track, cycles = [], failing = [] } = known ?? {}
    const status = integrationStatus(configuredIntegration(reads, row, at), track, cycles, failing, at)
    return duringOutage(status, outage?.())
  }

  /** The name that somebody has here by now says more than the one of a request that failed. */
  function nameOf(row: IntegrationRow, failing: FailingSubject): string {
    if (failing.noun === 'user') {
      const user = reads.users.any(row.directory_id, failing.key)
      if (user) return user.user_name
    } else {
      const group = reads.groups.listed(row.directory_id, failing.key)
      if (group) return group.display_name
    }
    const { noun, name, key } = failing
    return name === undefined ? key : isVisible(name) ? name : `a ${noun} whose name cannot be seen`
  }

  return {
    status(cyclesEach) {
      const known = reader.all(cyclesEach, now())
      return reads.integrations.all().map((row) => statusOfRow(row, known.get(row.id)))
    },
    statusOf(slug, cycles) {
      const row = reads.integrations.bySlug(slug)
      if (row === undefined) return undefined
      const { id } = row
      return statusOfRow(row, {
        track: reader.track(id),
        cycles: reader.cycles(id, cycles),
        failing: reader.failing(id),
      })
    },
    cycles(slug, limit, before) {
      const row = reads.integrations.bySlug(slug)
      if (row === undefined) return []
      const stored = reader.cycles(row.id, limit, before)
      if (before !== undefined) return stored
      return mergeCycles(presentOf(reader.track(row.id), row.idp, now()), stored, limit)
    },
    cycle(slug, id) {
      const row = reads.integrations.bySlug(slug)
      if (row === undefined) return undefined
      const { recent } = presentOf(reader.track(row.id), row.idp, now())
      return [...recent, ...reader.cycles(row.id, 1, id + 1)].find((each) => each.activity.id === id)
    },
    settledCycles(slug, after, limit) {
      const row = reads.integrations.bySlug(slug)
      if (row === undefined) return []
      const found: Cycle[] = []
      const cycles = reader.cyclesAfter(row.id, after, limit)
      if (cycles.length === 0) return found
      const rhythm = rhythmOf(reader.track(row.id), row.idp)
      for (const cycle of cycles) {
        // One that may still go on holds the later ones back, so that each is seen once.
        if (!isSettled(cycle, rhythm, now())) break
        if (cycle.kind !== 'connection-test') found.push(cycle)
      }
      return found
    },
    failing(slug) {
      const row = reads.integrations.bySlug(slug)
      if (row === undefined) return []
      const at = now()
      const { track } = presentOf(reader.track(row.id), row.idp, at)
      const rhythm = rhythmOf(track, row.idp)
      const isKeptOut = holdOf(configuredIntegration(reads, row, at)) !== undefined
      return reader
        .failing(row.id)
        .map((failing) => {
          const { nextAt, isPast } = retryOf(failing, rhythm, track.openTime, at)
          return Object.assign(
            {
              who: nameOf(row, failing),
              advice: adviceFor(failing),
              nextRetryAt: isKeptOut ? undefined : nextAt,
              isHeld: isKeptOut && nextAt !== undefined,
              isPast,
            },
            failing,
          )
        })
        .toSorted((a, b) => Number(a.isPast) - Number(b.isPast) || b.lastAt - a.lastAt)
    },
    mappingHealth(slug) {
      const row = reads.integrations.bySlug(slug)
      if (row === undefined) return undefined
      return mappingHealthOf(idpOf(reader.track(row.id), row.idp), reader.sent(row.id))
    },
    repeatedUpdates(slug) {
      const row = reads.integrations.bySlug(slug)
      if (row === undefined) return []
      return repeatedAttributes(reader.repeated(row.id), idpOf(reader.track(row.id), row.idp))
    },
    drift: (directoryId, limit) => driftOf(reads, directoryId, limit),
    requestsOf: (slug, { activity }) => ({
      where: { integration: slug },
      after: activity.id - 1,
      before: activity.lastExchange + 1,
    }),
  }
}

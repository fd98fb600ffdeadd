import type { Cycle } from './cycle.ts'
import type { FailingSubject } from '../failures/failing-subject.ts'
import { trackIn, type IntegrationTrack } from './integration-track.ts'

/** What the journal knows about one integration. */
export interface KnownTrack {
  readonly track: IntegrationTrack
  /** Newest first. */
  readonly cycles: readonly Cycle[]
  /** The latest first. */
  readonly failing: readonly FailingSubject[]
}

/** Where that stands. */
export interface TrackSource {
  /** The stored track of every integration that had a request, as text. */
  states(): readonly { readonly integration_id: number; readonly state: string }[]
  cycles(integrationId: number, limit: number): readonly Cycle[]
  failing(integrationId: number): readonly FailingSubject[]
}

interface Remembered {
  readonly known: KnownTrack
  readonly state: string
  /** Of the track, what changes with every request and every cycle. */
  readonly mark: string
  /** How many cycles were asked for. */
  readonly limit: number
  readonly readAt: number
}

/** What is deleted for its age leaves no mark. */
const readAnewMs = 3_600_000
/** So many who fail are remembered of all integrations together; they take some 10 MB. */
const mostRemembered = 20_000

/** The time in which an IdP can get in goes on without a request. */
function markOf(track: IntegrationTrack): string {
  return JSON.stringify({ ...track, openTime: null })
}

/**
 * Reads what is known of all integrations, again and again: of those that had no request meanwhile, cycles and failures are not read anew.
 * They are written together with the track, which every request changes.
 */
export function createKnownTracks() {
  let remembered: ReadonlyMap<number, Remembered> = new Map()
  let rememberedOf: TrackSource | undefined

  function read(source: TrackSource, integrationId: number, state: string, limit: number, now: number): Remembered {
    const before = remembered.get(integrationId)
    const isEnough = before !== undefined && before.limit >= limit && Math.abs(now - before.readAt) < readAnewMs
    if (isEnough && before.state === state) return before
    const track = trackIn(state)
    const mark = markOf(track)
    if (isEnough && before.mark === mark) return { ...before, state, known: { ...before.known, track } }
    const cycles = source.cycles(integrationId, Math.max(limit, before?.limit ?? 0))
    const failing = source.failing(integrationId)
    return {
      known: { track, cycles, failing },
      state,
      mark,
      limit: Math.max(limit, before?.limit ?? 0),
      readAt: now,
    }
  }

  return {
    /** By integration id; `limit` is how many cycles of each. Another source is read as if for the first time. */
    all(source: TrackSource, limit: number, now: number): ReadonlyMap<number, KnownTrack> {
      if (source !== rememberedOf) remembered = new Map()
      rememberedOf = source
      const found = new Map<number, KnownTrack>()
      const kept = new Map<number, Remembered>()
      let room = mostRemembered
      for (const { integration_id, state } of source.states()) {
        const entry = read(source, integration_id, state, limit, now)
        const { known } = entry
        found.set(integration_id, { ...known, cycles: known.cycles.slice(0, limit) })
        room -= known.failing.length
        if (room >= 0) kept.set(integration_id, entry)
      }
      remembered = kept
      return found
    },
  }
}

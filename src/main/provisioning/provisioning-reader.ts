import { openJournalSource } from '../store/journal/journal-source.ts'
import { prepareTrackingReads, type CycleRow, type TrackingReads } from '../store/journal/tracking.ts'
import { cycleOf, type Cycle } from './cycles/cycle.ts'
import type { FailingSubject } from './failures/failing-subject.ts'
import { factKinds, parseFailing, parseRepeated, parseSent } from './facts.ts'
import { createKnownTracks, type KnownTrack, type TrackSource } from './cycles/known-tracks.ts'
import { newTrack, trackIn, type IntegrationTrack } from './cycles/integration-track.ts'
import type { RepeatedUpdate } from './failures/repeated-update.ts'
import type { SentAttribute } from './mapping/sent-attribute.ts'

const mostFacts = 1000

/** What the journal's thread has inferred, read in any process, also while it goes on. */
export interface ProvisioningReader {
  /** By integration id, each with so many of its newest cycles; one that never had a request is not in it. `now` is in ms since the epoch. */
  all(cyclesEach: number, now: number): ReadonlyMap<number, KnownTrack>
  /** Of one of them; that of nothing seen where it never had a request. */
  track(integrationId: number): IntegrationTrack
  /** Newest first; only those before an activity's number where one is given. */
  cycles(integrationId: number, limit: number, before?: number): readonly Cycle[]
  /** Oldest first, those after an activity's number. */
  cyclesAfter(integrationId: number, after: number, limit: number): readonly Cycle[]
  /** The latest first. */
  failing(integrationId: number): readonly FailingSubject[]
  sent(integrationId: number): readonly SentAttribute[]
  repeated(integrationId: number): readonly RepeatedUpdate[]
  close(): void
}

function factsIn<Fact>(
  reads: TrackingReads,
  integrationId: number,
  kind: string,
  parse: (text: string) => Fact | undefined,
): readonly Fact[] {
  return reads
    .factsOf(integrationId, kind, mostFacts)
    .map((row) => parse(row.data))
    .filter((fact) => fact !== undefined)
}

function cyclesIn(rows: readonly CycleRow[] = []): readonly Cycle[] {
  return rows.map(cycleOf).filter((each) => each !== undefined)
}

function trackSource(reads: TrackingReads): TrackSource {
  return {
    states: reads.trackers,
    cycles: (integrationId, limit) => cyclesIn(reads.cycles(integrationId, limit)),
    failing: (integrationId) => factsIn(reads, integrationId, factKinds.failing, parseFailing),
  }
}

/** Reads from `journal.db`. One that does not exist yet, or is of a format from before cycles were inferred, reads as empty. */
export function openProvisioningReader(file: string): ProvisioningReader {
  const source = openJournalSource(file, (connection) => {
    const reads = prepareTrackingReads(connection)
    return { ...reads, tracks: trackSource(reads) }
  })
  const known = createKnownTracks()

  function factsOf<Fact>(integrationId: number, kind: string, parse: (text: string) => Fact | undefined) {
    const reads = source.reads()
    return reads === undefined ? [] : factsIn(reads, integrationId, kind, parse)
  }

  return {
    all(cyclesEach, now) {
      const tracks = source.reads()?.tracks
      return tracks === undefined ? new Map() : known.all(tracks, cyclesEach, now)
    },
    track(integrationId) {
      const row = source.reads()?.tracker(integrationId)
      return row ? trackIn(row.state) : newTrack
    },
    cycles: (integrationId, limit, before) => cyclesIn(source.reads()?.cycles(integrationId, limit, before)),
    cyclesAfter: (integrationId, after, limit) => cyclesIn(source.reads()?.cyclesAfter(integrationId, after, limit)),
    failing: (integrationId) => factsOf(integrationId, factKinds.failing, parseFailing),
    sent: (integrationId) => factsOf(integrationId, factKinds.sent, parseSent),
    repeated: (integrationId) => factsOf(integrationId, factKinds.repeated, parseRepeated),
    close: () => source.close(),
  }
}

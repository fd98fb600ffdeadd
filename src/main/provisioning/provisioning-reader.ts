import { openJournalSource } from '../store/journal/journal-source.ts'
import { prepareTrackingReads } from '../store/journal/tracking.ts'
import { cycleOf, type Cycle } from './cycle.ts'
import type { FailingSubject } from './failing-subject.ts'
import { factKinds, parseFailing, parseRepeated, parseSent } from './facts.ts'
import { newTrack, trackIn, type IntegrationTrack } from './integration-track.ts'
import type { RepeatedUpdate } from './repeated-update.ts'
import type { SentAttribute } from './sent-attribute.ts'

const mostFacts = 1000

/** What the journal's thread has inferred, read in any process, also while it goes on. */
export interface ProvisioningReader {
  /** By integration id; one that never had a request is not in it. */
  tracks(): ReadonlyMap<number, IntegrationTrack>
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

/** Reads from `journal.db`. One that does not exist yet, or is of a format from before cycles were inferred, reads as empty. */
export function openProvisioningReader(file: string): ProvisioningReader {
  const source = openJournalSource(file, prepareTrackingReads)

  function factsOf<Fact>(
    integrationId: number,
    kind: string,
    parse: (text: string) => Fact | undefined,
  ): readonly Fact[] {
    const rows = source.reads()?.factsOf(integrationId, kind, mostFacts) ?? []
    return rows.map((row) => parse(row.data)).filter((fact) => fact !== undefined)
  }

  return {
    tracks: () =>
      new Map(
        source
          .reads()
          ?.trackers()
          .map((row) => [row.integration_id, trackIn(row.state)]),
      ),
    track(integrationId) {
      const row = source.reads()?.tracker(integrationId)
      return row ? trackIn(row.state) : newTrack
    },
    cycles: (integrationId, limit, before) =>
      (source.reads()?.cycles(integrationId, limit, before) ?? []).map(cycleOf).filter((each) => each !== undefined),
    cyclesAfter: (integrationId, after, limit) =>
      (source.reads()?.cyclesAfter(integrationId, after, limit) ?? [])
        .map(cycleOf)
        .filter((each) => each !== undefined),
    failing: (integrationId) => factsOf(integrationId, factKinds.failing, parseFailing),
    sent: (integrationId) => factsOf(integrationId, factKinds.sent, parseSent),
    repeated: (integrationId) => factsOf(integrationId, factKinds.repeated, parseRepeated),
    close: () => source.close(),
  }
}

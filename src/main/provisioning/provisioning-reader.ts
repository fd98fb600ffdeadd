import { openJournalForReading } from '../store/journal/journal-file.ts'
import { prepareTrackingReads, type TrackingReads } from '../store/journal/tracking.ts'
import type { Connection } from '../store/open-database.ts'
import { cycleOf, type Cycle } from './cycle.ts'
import type { FailingSubject } from './failing-subject.ts'
import { factKinds, parseFailing, parseRepeated, parseSent } from './facts.ts'
import { integrationTrackSchema, newTrack, type IntegrationTrack } from './integration-track.ts'
import type { RepeatedUpdate } from './repeated-update.ts'
import type { SentAttribute } from './sent-attribute.ts'

const mostFacts = 1000

/** What the journal's thread has inferred, read in any process, also while it goes on. */
export interface ProvisioningReader {
  /** By integration id; one that never had a request is not in it. */
  tracks(): ReadonlyMap<number, IntegrationTrack>
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

function parseTrack(text: string): IntegrationTrack {
  try {
    return integrationTrackSchema.safeParse(JSON.parse(text)).data ?? newTrack
  } catch {
    return newTrack // a damaged row is as none
  }
}

/** Reads from `journal.db`. One that does not exist yet, or that the server has still to bring up to date, reads as empty. */
export function openProvisioningReader(file: string): ProvisioningReader {
  let open: { readonly connection: Connection; readonly reads: TrackingReads } | undefined

  function source(): TrackingReads | undefined {
    if (open === undefined) {
      const connection = openJournalForReading(file)
      if (connection !== undefined) open = { connection, reads: prepareTrackingReads(connection) }
    }
    return open?.reads
  }

  function factsOf<Fact>(
    integrationId: number,
    kind: string,
    parse: (text: string) => Fact | undefined,
  ): readonly Fact[] {
    const rows = source()?.factsOf(integrationId, kind, mostFacts) ?? []
    return rows.map((row) => parse(row.data)).filter((fact) => fact !== undefined)
  }

  return {
    tracks: () =>
      new Map(
        source()
          ?.trackers()
          .map((row) => [row.integration_id, parseTrack(row.state)]),
      ),
    cycles: (integrationId, limit, before) =>
      (source()?.cycles(integrationId, limit, before) ?? []).map(cycleOf).filter((each) => each !== undefined),
    cyclesAfter: (integrationId, after, limit) =>
      (source()?.cyclesAfter(integrationId, after, limit) ?? []).map(cycleOf).filter((each) => each !== undefined),
    failing: (integrationId) => factsOf(integrationId, factKinds.failing, parseFailing),
    sent: (integrationId) => factsOf(integrationId, factKinds.sent, parseSent),
    repeated: (integrationId) => factsOf(integrationId, factKinds.repeated, parseRepeated),
    close() {
      open?.connection.close()
      open = undefined
    },
  }
}

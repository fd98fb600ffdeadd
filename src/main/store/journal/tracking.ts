import type { Connection } from '../file/open-database.ts'

/** An activity as its row has it; `data` is JSON. */
export interface CycleRow {
  readonly id: number
  readonly integration_id: number
  readonly kind: string
  readonly started_at: number
  readonly ended_at: number | null
  readonly failed: number
  readonly data: string
}

export interface TrackerRow {
  readonly integration_id: number
  readonly state: string
}

export interface FactRow {
  readonly integration_id: number
  readonly kind: string
  readonly key: string
  /** When it was last so, in ms since the epoch. */
  readonly at: number
  readonly data: string
}

const cycleColumns = 'id, integration_id, kind, started_at, ended_at, failed, data'

/** What is known of the integrations' activities, for any connection to the journal. */
export function prepareTrackingReads(connection: Connection) {
  const trackers = connection.prepare<[], TrackerRow>('SELECT integration_id, state FROM trackers')
  const tracker = connection.prepare<[number], TrackerRow>(
    'SELECT integration_id, state FROM trackers WHERE integration_id = ?',
  )
  const cycles = connection.prepare<[number, number, number], CycleRow>(
    `SELECT ${cycleColumns} FROM cycles WHERE integration_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  )
  const cyclesAfter = connection.prepare<[number, number, number], CycleRow>(
    `SELECT ${cycleColumns} FROM cycles WHERE integration_id = ? AND id > ? ORDER BY id LIMIT ?`,
  )
  const cycle = connection.prepare<[number], CycleRow>(`SELECT ${cycleColumns} FROM cycles WHERE id = ?`)
  const facts = connection.prepare<[], FactRow>('SELECT integration_id, kind, key, at, data FROM tracked_facts')
  const factsOf = connection.prepare<[number, string, number], FactRow>(
    'SELECT integration_id, kind, key, at, data FROM tracked_facts WHERE integration_id = ? AND kind = ? ORDER BY at DESC LIMIT ?',
  )
  return {
    trackers: () => trackers.all(),
    tracker: (integrationId: number) => tracker.get(integrationId),
    /** Newest first; only those before the activity of this number where one is given. */
    cycles: (integrationId: number, limit: number, before = Number.MAX_SAFE_INTEGER) =>
      cycles.all(integrationId, before, limit),
    /** Oldest first, those after an activity. */
    cyclesAfter: (integrationId: number, after: number, limit: number) => cyclesAfter.all(integrationId, after, limit),
    cycle: (id: number) => cycle.get(id),
    facts: () => facts.all(),
    /** The latest first. */
    factsOf: (integrationId: number, kind: string, limit: number) => factsOf.all(integrationId, kind, limit),
  }
}

export type TrackingReads = ReturnType<typeof prepareTrackingReads>

/** Keeping what is known; the caller brings the transaction. */
export function prepareTrackingWrites(connection: Connection) {
  const reads = prepareTrackingReads(connection)
  const saveTracker = connection.prepare(
    'INSERT INTO trackers VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state',
  )
  const saveCycle = connection.prepare(
    `INSERT INTO cycles (${cycleColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET kind = excluded.kind, started_at = excluded.started_at, ended_at = excluded.ended_at,
       failed = excluded.failed, data = excluded.data`,
  )
  const setKind = connection.prepare('UPDATE cycles SET kind = ? WHERE id = ?')
  const addMarks = connection.prepare('INSERT INTO cycle_marks (cycle_id, marks) VALUES (?, ?)')
  const marks = connection
    .prepare<[number], Uint8Array>('SELECT marks FROM cycle_marks WHERE cycle_id = ? ORDER BY id')
    .pluck()
  const dropMarks = connection.prepare('DELETE FROM cycle_marks WHERE cycle_id = ?')
  const saveFact = connection.prepare(
    'INSERT INTO tracked_facts VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, data = excluded.data',
  )
  const dropFact = connection.prepare('DELETE FROM tracked_facts WHERE integration_id = ? AND kind = ? AND key = ?')
  const forgetCycles = connection.prepare('DELETE FROM cycles WHERE started_at < ?')
  const forgetFacts = connection.prepare('DELETE FROM tracked_facts WHERE kind = ? AND at < ?')
  return {
    ...reads,
    saveTracker: (row: TrackerRow) => void saveTracker.run(row.integration_id, row.state),
    saveCycle: (row: CycleRow) =>
      void saveCycle.run(row.id, row.integration_id, row.kind, row.started_at, row.ended_at, row.failed, row.data),
    setKind: (id: number, kind: string) => void setKind.run(kind, id),
    addMarks: (cycleId: number, packed: Buffer) => void addMarks.run(cycleId, packed),
    marks: (cycleId: number) => marks.iterate(cycleId),
    dropMarks: (cycleId: number) => void dropMarks.run(cycleId),
    saveFact: (row: FactRow) => void saveFact.run(row.integration_id, row.kind, row.key, row.at, row.data),
    dropFact: (integrationId: number, kind: string, key: string) => void dropFact.run(integrationId, kind, key),
    forgetCycles: (before: number) => void forgetCycles.run(before),
    forgetFacts: (kind: string, before: number) => void forgetFacts.run(kind, before),
    /** Runs in one transaction, or within the one that is open. */
    together: (work: () => void): void => connection.transaction(work)(),
  }
}

export type TrackingWrites = ReturnType<typeof prepareTrackingWrites>

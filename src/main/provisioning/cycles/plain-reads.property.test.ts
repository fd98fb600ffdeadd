import fc from 'fast-check'
import { expect, it } from 'vitest'
import { journalRecord } from '../../store/journal/journal-record.fixture.ts'
import type { JournalRecord } from '../../store/journal/journal-record.ts'
import type { TrackingWrites } from '../../store/journal/tracking.ts'
import { createCycleTracker } from './cycle-tracker.ts'
import { newTrack, type IntegrationTrack } from './integration-track.ts'
import { subjectNumber } from './subject-ledger.ts'
import { track } from './track.ts'
import { readExchange } from './tracked-exchange.ts'

/** A store that keeps nothing but the last state. */
class LastState implements TrackingWrites {
  state = ''
  trackers = () => []
  tracker = () => undefined
  cycles = () => []
  cyclesAfter = () => []
  cycle = () => undefined
  facts = () => []
  factsOf = () => []
  saveTracker = (row: { readonly state: string }) => void (this.state = row.state)
  saveCycle = () => undefined
  setKind = () => undefined
  addMarks = () => undefined
  marks = () => new Set<Uint8Array>().values()
  dropMarks = () => undefined
  saveFact = () => undefined
  dropFact = () => undefined
  forgetCycles = () => undefined
  forgetFacts = () => undefined
  together = (work: () => void) => work()
}

function record(changes: Partial<JournalRecord>): JournalRecord {
  return journalRecord({ target: '/scim/x/v2/Users', integrationSlug: 'x', classification: '', ...changes })
}

const note = (code: string) => `[{"step":"change","code":"${code}"}]`

const somebody = fc.constantFrom('a', 'b', 'c', 'd', 'e')

/** The requests that an IdP may send, reads above all. */
const request = fc.oneof(
  { weight: 6, arbitrary: somebody.map((id) => record({ classification: 'read user', resourceId: id })) },
  {
    weight: 2,
    arbitrary: somebody.map((id) => record({ endpoint: 'Groups', classification: 'read group', resourceId: id })),
  },
  {
    weight: 6,
    arbitrary: somebody.map((id) =>
      record({
        classification: 'user match lookup',
        matched: 1,
        target: '/scim/x/v2/Users?filter=userName+eq+%22x%22',
        responseBody: `{"Resources":[{"id":"${id}"}]}`,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant(
      record({ classification: 'user match lookup (no match)', matched: 0, target: '/x?filter=userName+eq+%22x%22' }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(somebody, fc.constantFrom('patched', 'unchanged', 'deactivated', 'reactivated'))
      .map(([id, code]) =>
        record({ method: 'PATCH', classification: 'update user', resourceId: id, trace: note(code) }),
      ),
  },
  {
    weight: 1,
    arbitrary: somebody.map((id) =>
      record({ method: 'POST', classification: 'create user', status: 201, resourceId: id, trace: note('created') }),
    ),
  },
  {
    weight: 1,
    arbitrary: somebody.map((id) =>
      record({ method: 'PATCH', classification: 'update user (invalid)', status: 400, resourceId: id }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(record({ classification: 'connection test', matched: 0, target: '/x?filter=y' })),
  },
  {
    weight: 1,
    arbitrary: fc.constant(record({ classification: 'list users (page)', matched: 300, target: '/x?count=100' })),
  },
  {
    weight: 1,
    arbitrary: fc.constant(record({ status: 401, classification: 'refused: bad token', trace: note('token-unknown') })),
  },
  {
    weight: 1,
    arbitrary: fc.constant(record({ classification: 'read user', resourceId: 'a', idp: 'okta', certainty: 'certain' })),
  },
  {
    weight: 1,
    arbitrary: fc.constant(record({ classification: 'read user', resourceId: 'a', idp: 'entra', certainty: 'guess' })),
  },
)

const gap = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -50, max: 2000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 40_000, max: 900_000 }) },
  { weight: 1, arbitrary: fc.constant(-3_600_000) },
)

it('reads that are counted together are counted as each by itself', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(request, gap), { maxLength: 80 }),
      fc.constantFrom('entra', 'okta', 'generic', 'google'),
      fc.integer({ min: 1, max: 20 }),
      (steps, configured, batch) => {
        let at = 1_800_000_000_000
        const records = steps.map(([each, wait]) => Object.assign({}, each, { at: (at += wait) }))

        const ledger = new Map<string, number>()
        let one: IntegrationTrack = newTrack
        for (const [n, each] of records.entries()) {
          const step = track(
            one,
            { ...readExchange(each), id: n + 1 },
            {
              configured,
              memory: { bitsOf: (activity, subject) => ledger.get(`${activity} ${subject}`) ?? 0 },
              numberOf: subjectNumber,
            },
          )
          one = step.track
          for (const { activityId, subject, bits } of step.marks) ledger.set(`${activityId} ${subject}`, bits)
        }

        const store = new LastState()
        const integrations = [{ id: 1, slug: 'x', idp: configured, isLetIn: true }]
        const tracker = createCycleTracker(store, () => integrations)
        for (let from = 0; from < records.length; from += batch) {
          const observed = tracker.begin()
          for (const [n, each] of records.slice(from, from + batch).entries()) observed.see(from + n + 1, each)
          observed.end()
        }
        expect(records.length === 0 ? newTrack : JSON.parse(store.state)).toEqual(one)
      },
    ),
    { numRuns: 1000 },
  )
})

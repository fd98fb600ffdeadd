import { expect, it } from 'vitest'
import { newActivity } from './activity.ts'
import type { Cycle } from './cycle.ts'
import { createKnownTracks } from './known-tracks.ts'
import { newTrack, type IntegrationTrack } from './integration-track.ts'

const hour = 3_600_000

const cycle = (id: number): Cycle => ({ kind: 'activity', activity: newActivity({ id, at: 0 }, 'main', false) })

/** A journal with one integration, whose rows a test changes. */
class Journal {
  track: IntegrationTrack = newTrack
  ids: readonly number[] = [3, 2, 1]
  states = () => [{ integration_id: 1, state: JSON.stringify(this.track) }]
  cycles = (_integrationId: number, limit: number) => this.ids.slice(0, limit).map(cycle)
  failing = () => []
}

function look() {
  const journal = new Journal()
  const known = createKnownTracks()
  const ids = (limit: number, now: number, source = journal) =>
    known
      .all(source, limit, now)
      .get(1)
      ?.cycles.map(({ activity }) => activity.id)
  return { journal, known, ids }
}

it('what is known of an integration is read anew once it has had a request', () => {
  const { journal, ids } = look()
  expect(ids(2, 0)).toEqual([3, 2])
  journal.ids = [4, 3, 2, 1]
  expect(ids(2, 1)).toEqual([3, 2])
  journal.track = { ...newTrack, lastRequestAt: 1 }
  expect(ids(2, 2)).toEqual([4, 3])
})

it('the time that goes on by itself is known, and has nothing else read anew', () => {
  const { journal, known, ids } = look()
  ids(2, 0)
  journal.ids = [4, 3, 2, 1]
  const openTime = { since: 0, seenAt: 60_000, shutFor: 0 }
  journal.track = { ...newTrack, openTime }
  expect(known.all(journal, 2, 60_000).get(1)?.track.openTime).toEqual(openTime)
  expect(ids(2, 60_000)).toEqual([3, 2])
})

it('more cycles than before are read when they are asked for, and fewer without reading', () => {
  const { journal, ids } = look()
  expect(ids(1, 0)).toEqual([3])
  expect(ids(3, 0)).toEqual([3, 2, 1])
  journal.ids = []
  expect(ids(1, 0)).toEqual([3])
})

it('what was deleted for its age is gone an hour later', () => {
  const { journal, ids } = look()
  expect(ids(3, 0)).toEqual([3, 2, 1])
  journal.ids = [3]
  expect(ids(3, hour - 1)).toEqual([3, 2, 1])
  expect(ids(3, hour)).toEqual([3])
})

it('a journal that is begun anew is read anew', () => {
  const { ids } = look()
  expect(ids(3, 0)).toEqual([3, 2, 1])
  const other = new Journal()
  other.ids = [1]
  expect(ids(3, 0, other)).toEqual([1])
})

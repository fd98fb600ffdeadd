import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createJournalAppender } from '../store/journal/append.ts'
import { openJournalForWriting } from '../store/journal/journal-file.ts'
import { prepareTrackingWrites } from '../store/journal/tracking.ts'
import { guardObserver } from './guard-observer.ts'
import { gapRecord } from './prepare-record.ts'

it('stores a batch whose observer fails, without what the observer did, and begins anew with the next one', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-observer-'))
  const connection = openJournalForWriting(join(directory, 'journal.db'))
  onTestFinished(() => {
    connection.close()
    rmSync(directory, { recursive: true })
  })
  const appender = createJournalAppender(connection)
  const store = prepareTrackingWrites(connection)
  const troubles: string[] = []
  let isBroken = false
  let isBlind = false
  let made = 0
  const observer = guardObserver(
    connection,
    () => {
      made += 1
      return {
        begin: () => ({
          see: () => {
            if (isBlind) throw new Error('cannot be read')
          },
          stored(firstId) {
            store.saveTracker({ integration_id: firstId, state: '{}' })
            if (isBroken) throw new Error('cannot be told')
          },
        }),
        tick: () => undefined,
      }
    },
    (message) => void troubles.push(message),
  )
  const records = [gapRecord({ lost: 1, since: 1, until: 1 })]
  const append = (sequence: number) => {
    const observed = observer.begin()
    for (const record of records) observed.see(record)
    return appender.append({ session: 's', sequence }, records, (firstId) => observed.stored(firstId))
  }
  append(1)
  isBroken = true
  expect(append(2)).toEqual({ firstId: 2, lastId: 2 })
  append(3)
  expect(troubles).toEqual([expect.stringContaining('cannot be told')])
  isBroken = false
  append(4)
  isBlind = true
  expect(append(5)).toEqual({ firstId: 5, lastId: 5 })
  expect(troubles).toEqual([expect.anything(), expect.stringContaining('cannot be read')])
  isBlind = false
  append(6)
  expect(store.trackers().map((each) => each.integration_id)).toEqual([1, 4, 6])
  expect(made).toBe(4)
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createJournalAppender } from '../../store/journal/append.ts'
import { openJournalForWriting } from '../../store/journal/journal-file.ts'
import { prepareTrackingWrites } from '../../store/journal/tracking.ts'
import { guardObserver, ObserverFault } from './guard-observer.ts'
import { gapRecord } from './prepare-record.ts'

it('undoes a batch whose observer fails, and begins anew with the next one', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-observer-'))
  const connection = openJournalForWriting(join(directory, 'journal.db'))
  onTestFinished(() => {
    connection.close()
    rmSync(directory, { recursive: true })
  })
  const appender = createJournalAppender(connection)
  const store = prepareTrackingWrites(connection)
  const troubles: string[] = []
  let fails: 'begin' | 'see' | 'end' | undefined
  let made = 0
  const maybeFail = (at: typeof fails) => {
    if (fails === at) throw new Error(`${at} is broken`)
  }
  const observer = guardObserver(
    connection,
    () => {
      made += 1
      return {
        begin() {
          maybeFail('begin')
          return {
            see(id) {
              store.saveTracker({ integration_id: id, state: '{}' })
              maybeFail('see')
            },
            end: () => maybeFail('end'),
          }
        },
        tick: () => undefined,
      }
    },
    (message) => void troubles.push(message),
  )
  const records = [gapRecord({ lost: 1, since: 1, until: 1 })]
  const append = (sequence: number) => appender.append({ session: 's', sequence }, records, observer.begin())
  expect(append(1)).toEqual({ firstId: 1, lastId: 1 })
  fails = 'end'
  expect(() => append(2)).toThrow(ObserverFault)
  expect(() => append(2)).toThrow(ObserverFault)
  expect(troubles).toEqual([expect.stringContaining('end is broken')])
  fails = undefined
  expect(append(2)).toEqual({ firstId: 2, lastId: 2 })
  fails = 'see'
  expect(() => append(3)).toThrow(ObserverFault)
  expect(troubles).toEqual([expect.anything(), expect.stringContaining('see is broken')])
  fails = 'begin'
  expect(observer.begin()).toBeUndefined()
  fails = undefined
  expect(append(3)).toEqual({ firstId: 3, lastId: 3 })
  expect(store.trackers().map((each) => each.integration_id)).toEqual([1, 2, 3])
  expect(made).toBe(5)
})

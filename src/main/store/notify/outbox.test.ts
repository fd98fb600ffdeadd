import { expect, onTestFinished, test } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { openWriterConnection } from '../file/database-files.ts'
import { type Asked, listening } from '../listening-connection.fixture.ts'
import { prepareOutboxReads, prepareOutboxWrites } from './outbox.ts'

const day = 86_400_000
const now = 1_000 * day

function openOutbox() {
  const { path, remove } = createDataDir()
  const connection = openWriterConnection(path)
  onTestFinished(() => {
    connection.close()
    remove()
  })
  const asked: Asked[] = []
  const heard = listening(connection, (question) => void asked.push(question))
  const writes = prepareOutboxWrites(heard)
  return {
    ...writes,
    reads: prepareOutboxReads(heard),
    /** How SQLite goes about what has been asked of it. */
    steps: () =>
      asked.flatMap(({ sql, params }) =>
        connection
          .prepare<unknown[], { readonly detail: string }>(`explain query plan ${sql}`)
          .all(...params)
          .map(({ detail }) => detail),
      ),
    queue(key: string, notBefore: number): void {
      const message = { key, channel: 'mail', recipient: 'ops@example.com', rule: 'silence', content: '{}' } as const
      writes.add({ ...message, isDigest: false, notBefore }, now)
    },
    claimAt: (at: number, until = at + 60_000) =>
      writes.claim({ claimant: 'me', now: at, until, limit: 8, gone: [], channels: ['mail'] }).flat(),
  }
}

test('what is put off by up to three days waits, and so does what comes after an attempt that failed', () => {
  const { queue, reads, claimAt, failed } = openOutbox()
  queue('digest', now + 2 * day)
  expect(reads.isDue(now)).toBe(false)
  expect(claimAt(now)).toEqual([])
  queue('first', now)
  queue('second', now)
  const [first] = claimAt(now)
  expect(first?.key).toBe('first')
  failed(first?.id ?? 0, 'no answer', now + day)
  expect(claimAt(now + 1)).toEqual([])
  expect(claimAt(now + day)).toMatchObject([{ key: 'first' }])
})

test('what a clock that was far ahead has put off is sent once that is put right, and holds nothing back', () => {
  const { queue, reads, claimAt, failed, delivered } = openOutbox()
  queue('failed', now)
  failed(claimAt(now)[0]?.id ?? 0, 'no answer', now + 40 * day)
  expect(reads.isDue(now + 1)).toBe(true)
  const [tried] = claimAt(now + 1, now + 40 * day)
  expect(tried?.key).toBe('failed')
  const [again] = claimAt(now + 2)
  expect(again?.key).toBe('failed')
  delivered(again?.id ?? 0, now + 2)
  queue('queued', now + 40 * day)
  expect(claimAt(now + 3)).toMatchObject([{ key: 'queued' }])
})

test('what is due is found in the order of its turns, however much waits, and nothing is sorted for it', () => {
  const { claimAt, reads, steps } = openOutbox()
  reads.isDue(now)
  reads.claimants()
  claimAt(now)
  reads.waiting(10)
  expect(steps().filter((step) => /^SCAN (?:outbox|head)/.test(step))).toEqual([
    'SCAN outbox USING COVERING INDEX outbox_turns',
    'SCAN outbox USING COVERING INDEX outbox_turns',
    'SCAN head USING INDEX outbox_turns',
    'SCAN outbox USING INDEX outbox_turns',
  ])
  expect(steps()).not.toContain('USE TEMP B-TREE FOR ORDER BY')
})

test('what has ended is found, and forgotten, by when it ended', () => {
  const { reads, forget, steps } = openOutbox()
  reads.ended('dead', 10)
  forget('delivered', now)
  expect(steps()).toEqual([
    'SEARCH outbox USING INDEX outbox_ended (state=?)',
    'SEARCH outbox USING INDEX outbox_ended (state=? AND ended_at<?)',
  ])
})

test('how much there is of each kind is counted in indexes alone, without reading a message', () => {
  const { queue, claimAt, delivered, dead, reads, steps } = openOutbox()
  for (const key of ['a', 'b', 'c', 'd']) queue(key, now)
  delivered(claimAt(now)[0]?.id ?? 0, now)
  dead(claimAt(now)[0]?.id ?? 0, 'nobody there', now)
  expect(reads.depth()).toEqual([
    { channel: 'mail', state: 'waiting', messages: 2 },
    { channel: 'mail', state: 'dead', messages: 1 },
    { channel: 'mail', state: 'delivered', messages: 1 },
  ])
  const counting = steps().slice(-8)
  expect(counting).toEqual(
    expect.arrayContaining([
      'SCAN outbox USING COVERING INDEX outbox_turns',
      'SCAN outbox USING COVERING INDEX outbox_ended',
    ]),
  )
  expect(counting.filter((step) => step === 'SCAN outbox')).toEqual([])
})

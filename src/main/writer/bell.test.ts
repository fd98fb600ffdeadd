import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createBell, createBellMemory } from './bell.ts'

/** Rings from another thread, as soon as it runs. */
const ringer = `const { workerData } = require('node:worker_threads')
const words = new Int32Array(workerData)
Atomics.add(words, 0, 1)
Atomics.notify(words, 0)`

test.each([
  ['asleep', false],
  ['awake', true],
])('who waits %s hears a ring of another thread', async (_, isExpected) => {
  const memory = createBellMemory()
  const bell = createBell(memory)
  bell.expectRing(isExpected)
  const worker = new Worker(ringer, { eval: true, workerData: memory })
  bell.untilRung(0)
  expect(bell.rings()).toBe(1)
  await worker.terminate()
})

test('a ring that came before the wait is not missed', () => {
  const bell = createBell(createBellMemory())
  const known = bell.rings()
  bell.ring()
  bell.untilRung(known)
  expect(bell.rings()).toBe(known + 1)
})

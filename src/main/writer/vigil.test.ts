import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createVigil } from './vigil.ts'

/** A vigil whose clock the test sets, which counts how often the loop asked whether somebody still waits. */
function vigilAt(processors: number) {
  const state = { at: 1000, isWaiting: true, asked: 0 }
  const isWaiting = () => {
    state.asked += 1
    return state.isWaiting
  }
  const vigil = createVigil(isWaiting, { processors, now: () => state.at })
  return { state, vigil }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn()
}

test('the loop stays awake for a command that follows close on another, until it is answered', async () => {
  const { state, vigil } = vigilAt(2)
  expect(vigil.begin()).toBe(false)
  await turns(3)
  expect(state.asked).toBe(0)
  state.at += 1
  expect(vigil.begin()).toBe(true)
  await turns(10)
  expect(state.asked).toBeGreaterThan(5)
  state.isWaiting = false
  await turns(2)
  const asked = state.asked
  await turns(5)
  expect(state.asked).toBe(asked)
})

test('it gives up on an answer that takes long, and on the next command, which is no longer close', async () => {
  const { state, vigil } = vigilAt(2)
  vigil.begin()
  expect(vigil.begin()).toBe(true)
  await turns(2)
  state.at += 2
  await turns(2)
  const asked = state.asked
  await turns(5)
  expect(state.asked).toBe(asked)
  expect(vigil.begin()).toBe(false)
})

test('one processor is not kept busy with waiting', () => {
  const { vigil } = vigilAt(1)
  vigil.begin()
  expect(vigil.begin()).toBe(false)
})

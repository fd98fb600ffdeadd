import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHold } from './hold.ts'

let isCrowded = false

beforeEach(() => {
  isCrowded = false
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const start = () => createHold(() => isCrowded, 250)

/** Whether a wait is over, once everything that is due has run. */
async function isOver(wait: Promise<void> | undefined): Promise<boolean> {
  let over = wait === undefined
  void wait?.then(() => (over = true))
  await vi.advanceTimersByTimeAsync(0)
  return over
}

describe('waiting for room in the journal', () => {
  it('is not asked of anybody while there is room', () => {
    expect(start().room()).toBeUndefined()
  })

  it('lasts until there is room again, not merely until something has moved', async () => {
    const hold = start()
    isCrowded = true
    const wait = hold.room()
    hold.moved()
    expect(await isOver(wait)).toBe(false)
    isCrowded = false
    hold.moved()
    expect(await isOver(wait)).toBe(true)
  })

  it('ends when nothing moves for so long, and is asked of nobody until something does', async () => {
    const hold = start()
    isCrowded = true
    const wait = hold.room()
    await vi.advanceTimersByTimeAsync(249)
    expect(await isOver(wait)).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await isOver(wait)).toBe(true)
    expect(hold.room()).toBeUndefined()
    hold.moved()
    expect(hold.room()).toBeInstanceOf(Promise)
    hold.release()
  })

  it('goes on for as long as something moves', async () => {
    const hold = start()
    isCrowded = true
    const wait = hold.room()
    for (let step = 0; step < 5; step++) {
      await vi.advanceTimersByTimeAsync(200)
      hold.moved()
    }
    expect(await isOver(wait)).toBe(false)
    await vi.advanceTimersByTimeAsync(250)
    expect(await isOver(wait)).toBe(true)
  })

  it('can be ended for all', async () => {
    const hold = start()
    isCrowded = true
    const waits = [hold.room(), hold.room()]
    hold.release()
    expect(await Promise.all(waits.map(isOver))).toEqual([true, true])
    expect(vi.getTimerCount()).toBe(0)
  })
})

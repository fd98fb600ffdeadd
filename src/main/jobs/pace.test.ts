import { describe, expect, it } from 'vitest'
import { createBatchBudget } from './batch-budget.ts'
import { type BatchSeen, firstPace, nextPace, type Pace } from './pace.ts'

const seen = (rest: Partial<BatchSeen>): BatchSeen => ({
  tookMs: 10,
  processed: 100,
  wasAwaited: false,
  load: 0,
  ...rest,
})

function settled(rest: Partial<BatchSeen>): Pace {
  let pace = firstPace
  for (let batch = 0; batch < 30; batch += 1) {
    const processed = Math.min(pace.items, rest.processed ?? pace.items)
    pace = nextPace(pace, seen({ ...rest, processed, tookMs: processed * 0.1 }))
  }
  return pace
}

describe('the pace of a job', () => {
  it('is large batches and short rests while nothing else happens', () => {
    const pace = settled({})
    expect(pace.items).toBeGreaterThan(300)
    expect(pace.restMs).toBeLessThan(pace.items * 0.1)
  })

  it.each([{ wasAwaited: true }, { load: 0.9 }])('is small batches and long rests beside requests: %j', (busy) => {
    const pace = settled(busy)
    expect(pace.items).toBeLessThan(100)
    expect(pace.restMs).toBeGreaterThan(pace.items * 0.1)
  })

  it('does not come to a standstill when a batch takes very long', () => {
    const pace = nextPace(firstPace, seen({ tookMs: 60_000, processed: 1 }))
    expect(pace.items).toBeGreaterThanOrEqual(8)
  })
})

describe('the budget of a batch', () => {
  it('is spent when the time is up or somebody waits, but never before the least that it does', () => {
    let now = 0
    let isAwaited = false
    const budget = createBatchBudget(
      { budgetMs: 5, atLeast: 3 },
      () => isAwaited,
      () => now,
    )
    expect(budget.isSpent(10)).toBe(false)
    isAwaited = true
    expect([budget.isSpent(2), budget.isSpent(3)]).toEqual([false, true])
    isAwaited = false
    now = 5
    expect([budget.isSpent(2), budget.isSpent(3)]).toEqual([false, true])
  })
})

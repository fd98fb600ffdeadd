import { describe, expect, it } from 'vitest'
import { decidingPart, isMet, type Limit, type Part } from './goal.ts'

function part(bound: Limit['bound'], limit: number, value: number): Part {
  return { label: `${bound} ${limit}: ${value}`, limit: { bound, value: limit, unit: 'times' }, value, scale: '' }
}

describe('a part of a goal', () => {
  it('is met at its limit and not beyond it', () => {
    expect(isMet(part('at least', 0.4, 0.4))).toBe(true)
    expect(isMet(part('at least', 0.4, 0.39))).toBe(false)
    expect(isMet(part('at most', 1.5, 1.5))).toBe(true)
    expect(isMet(part('at most', 1.5, 1.51))).toBe(false)
  })

  it('is not met when nothing was measured', () => {
    expect(isMet(part('at least', 0.4, Number.NaN))).toBe(false)
    expect(isMet(part('at most', 1.5, Number.NaN))).toBe(false)
  })
})

describe('the part that decides a goal', () => {
  it('is the one closest to its own limit, or farthest beyond it', () => {
    const [deep, cursor] = [part('at most', 10, 5), part('at most', 1.2, 1.1)]
    expect(decidingPart({ parts: [deep, cursor], wrong: [] })).toBe(cursor)
  })

  it('is not a negative cost, which is the best of all', () => {
    const [gain, cost] = [part('at most', 25, -12), part('at most', 25, 26)]
    expect(decidingPart({ parts: [gain, cost], wrong: [] })).toBe(cost)
  })

  it('is one that was not measured, where there is one', () => {
    const unmeasured = part('at most', 10, Number.NaN)
    expect(decidingPart({ parts: [part('at most', 10, 50), unmeasured, part('at most', 10, 60)], wrong: [] })).toBe(
      unmeasured,
    )
  })
})

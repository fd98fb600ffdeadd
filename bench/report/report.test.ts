import { expect, it } from 'vitest'
import type { Finding, Goal, Part } from '../goals/goal.ts'
import { QUICK_SCALE } from '../scale.ts'
import { verdictOf, type Outcome } from './outcome.ts'
import { reportText } from './report.ts'

const machine = { cores: 2, processor: 'p', memoryGb: 8, node: 'v24', sqlite: '3.54', loadBefore: 0 }
const goal: Goal = {
  id: 'G5',
  subject: 'membership',
  target: '≤ 1.5 times',
  measure: async () => ({ parts: [], wrong: [] }),
}

function partOf(value: number): Part {
  return { label: 'add', limit: { bound: 'at most', value: 1.5, unit: 'times' }, value, scale: '2.00 ms' }
}

function measured(finding: Finding): Outcome {
  return { kind: 'measured', goal, finding }
}

it('calls a goal met only when every part of it is', () => {
  expect(verdictOf(measured({ parts: [partOf(1), partOf(1.4)], wrong: [] }))).toBe('met')
  expect(verdictOf(measured({ parts: [partOf(1), partOf(1.6)], wrong: [] }))).toBe('not met')
  expect(verdictOf(measured({ parts: [], wrong: [] }))).toBe('not met')
})

it('lets no figure count beside a wrong answer', () => {
  expect(verdictOf(measured({ parts: [partOf(1)], wrong: ['POST answered 500'] }))).toBe('wrong answers')
})

it('prints the deciding figure, the absolute ones and what was not measured', () => {
  const text = reportText(machine, QUICK_SCALE, [
    measured({ parts: [partOf(1.1), partOf(1.6)], wrong: [] }),
    { kind: 'not measured', goal: { ...goal, id: 'G7' }, reason: 'no cursor' },
  ])
  expect(text).toMatch(/^G5 +not met +1\.60 ×/m)
  expect(text).toContain('add: 1.60 × (2.00 ms)  NOT MET')
  expect(text).toContain('G7  not measured: no cursor')
  expect(text).toContain('indicative only')
})

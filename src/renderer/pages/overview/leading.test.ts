import { expect, test } from 'vitest'
import type { ProvisioningState } from '../../../contract/provisioning.ts'
import { leadingOf } from './leading.ts'

function lines(...states: readonly ProvisioningState[]) {
  return states.map((state, n) => ({ n, status: { state, failing: 0 } }))
}

const many = (state: ProvisioningState, count: number) => Array.from({ length: count }, () => state)

test('a few integrations have a line each', () => {
  const eight = lines(...many('waiting', 8))
  expect(leadingOf(eight)).toEqual({ shown: eight, rest: undefined })
})

test('of many, those that are not well have a line, however far down they stand, and the rest is counted', () => {
  const { shown, rest } = leadingOf(
    lines(...many('waiting', 12), 'healthy', ...many('healthy', 5), 'degraded', 'silent'),
  )
  expect(shown.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 18, 19])
  expect(rest).toBe('12 more: 6 waiting, 6 healthy')
})

test('who is healthy but for some who fail is not counted among the well', () => {
  const some = [...lines(...many('healthy', 9)), { n: 9, status: { state: 'healthy' as const, failing: 2 } }]
  const { shown, rest } = leadingOf(some)
  expect(shown.at(-1)?.n).toBe(9)
  expect(rest).toBe('2 more: 2 healthy')
})

test('where none is well, each has a line', () => {
  expect(leadingOf(lines(...many('stopped', 20)))).toMatchObject({ shown: { length: 20 }, rest: undefined })
})

import { expect, it, vi } from 'vitest'
import { createRefusedLines } from './refused-lines.ts'

it('gives each line once, in the order of the file, also one that was refused at last', () => {
  const lines = createRefusedLines()
  for (const line of [2, 5, 9]) lines.add({ line, userName: `user${line}`, problem: 'x' })
  lines.insert({ line: 7, userName: 'admin', problem: 'the last one' })
  expect(lines.numbers()).toEqual([2, 5, 7, 9])
  const upTo = lines.giver()
  expect([1, 6, 6, 8, Number.MAX_SAFE_INTEGER].map((line) => upTo(line).map((each) => each.line))).toEqual([
    [],
    [2, 5],
    [],
    [7],
    [9],
  ])
})

it('moves no line to give another, however many there are', () => {
  const lines = createRefusedLines()
  const many = 1000
  for (let n = 0; n < many; n += 1) lines.add({ line: n * 2, userName: '', problem: '' })
  const movers = (['splice', 'shift'] as const).map((name) => vi.spyOn(Array.prototype, name))
  const upTo = lines.giver()
  let given = 0
  for (let line = 1; line < many * 2; line += 2) given += upTo(line).length
  const moves = movers.map((each) => each.mock.calls.length)
  for (const each of movers) each.mockRestore()
  expect([given, moves]).toEqual([many, [0, 0]])
  expect(lines.numbers()).toHaveLength(many)
})

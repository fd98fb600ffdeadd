import { expect, it } from 'vitest'
import { interleave, orderOf } from './interleave.ts'

it('starts every round with another case', () => {
  expect([0, 1, 2].map((round) => orderOf(['ours', 'peer'], round)[0])).toEqual(['ours', 'peer', 'ours'])
  expect([0, 1, 2, 3].map((round) => orderOf(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc'])
})

it('measures every case once a round and keeps the results in the order of the rounds', async () => {
  let clock = 0
  const tick = async (): Promise<number> => ++clock
  const rounds = await interleave(
    new Map([
      ['ours', tick],
      ['peer', tick],
    ]),
    3,
    async () => {},
  )
  expect(rounds.all()).toHaveLength(6)
  for (const name of ['ours', 'peer']) expect(rounds.of(name)).toEqual(rounds.of(name).toSorted((a, b) => a - b))
  expect(() => rounds.of('nobody')).toThrow('nobody')
})

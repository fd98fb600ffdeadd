import { expect, it } from 'vitest'
import { parseOptions } from './options.ts'

it('measures every goal at full scale unless told otherwise', () => {
  const { only, scale } = parseOptions([], '/project')
  expect(only).toHaveLength(14)
  expect([scale.large, scale.huge, scale.indicative]).toEqual([100_000, 1_000_000, false])
})

it('takes a list of goals in any letter case', () => {
  expect(parseOptions(['--only', 'g1,G12'], '/project').only).toEqual(['G1', 'G12'])
})

it('calls a quick run indicative and lets rounds and seconds override it', () => {
  const { scale } = parseOptions(['--quick', '--rounds', '7', '--seconds', '0.2'], '/project')
  expect([scale.indicative, scale.rounds, scale.seconds]).toEqual([true, 7, 0.2])
})

it('refuses what it does not know', () => {
  expect(() => parseOptions(['--only', 'G14'], '/project')).toThrow('"G14"')
  expect(() => parseOptions(['--rounds', 'many'], '/project')).toThrow('--rounds')
  expect(() => parseOptions(['--fast'], '/project')).toThrow('--fast')
})

import { createSeededRandom, type SeededRandom } from '../src/idp/simulated/seeded-random.ts'

export type { SeededRandom }

/** Repeatable randomness: the same seed gives the same run. `SEED` in the environment names one. */
export function createRandom(seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)): SeededRandom {
  return createSeededRandom(seed)
}

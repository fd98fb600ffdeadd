import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

export default defineConfig({
  test: {
    globalSetup: 'test/thread-bundles.ts',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A process loads a module once for all the files that it runs. So a test puts back what it changes of the process or of a module.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})

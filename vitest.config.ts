import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

export default defineConfig({
  test: {
    globalSetup: 'test/thread-bundles.ts',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What has to come about, not how fast: a busy machine may take a while.
    expect: { poll: { timeout: 20_000 } },
    // What was late may be tried once more, and `npm test` names it. What was wrong is wrong.
    retry: { count: 1, condition: /timed out in|resolve in time|not so within/ },
    // A process loads a module once for all the files that it runs. So a test puts back what it changes of the process or of a module.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})

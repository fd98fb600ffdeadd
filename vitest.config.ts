import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/thread-bundles.ts',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

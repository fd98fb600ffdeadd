import { defineConfig } from '@playwright/test'

/** Debian's Chromium; another one can be named. */
const executablePath = process.env['ROLLCALL_CHROMIUM'] ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: 'test',
  testMatch: ['e2e/**/*.spec.ts', 'e2e-desktop/**/*.spec.ts'],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  outputDir: 'test-results',
  reporter: [['list']],
  use: {
    launchOptions: { executablePath },
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  },
})

import { defineConfig } from '@playwright/test'
import { headlessShellPath } from './tools/chromium.mjs'

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
    // Without a graphics card, to emulate one costs more than to draw without.
    launchOptions: { executablePath: headlessShellPath(), args: ['--disable-gpu'] },
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  },
})

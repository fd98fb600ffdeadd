import { defineConfig } from '@playwright/test'
import base from './playwright.config.ts'

/** `npm run screenshots`: a picture of every screen in both themes. */
export default defineConfig({
  ...base,
  testDir: 'test/screenshots',
  testMatch: '**/*.spec.ts',
  timeout: 180_000,
  workers: 1,
  fullyParallel: false,
})

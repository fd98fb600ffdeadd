import { expect, test } from 'vitest'
import { isMissingScript } from './missing-script.ts'

test.each([
  'Failed to fetch dynamically imported module: http://127.0.0.1:7644/assets/settings-page-B2.js',
  'error loading dynamically imported module: http://127.0.0.1:7644/assets/settings-page-B2.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /assets/settings-page-B2.css',
])('%s is a script that is missing', (message) => {
  expect(isMissingScript(new TypeError(message))).toBe(true)
})

test('a screen that fails by itself is none', () => {
  expect(isMissingScript(new TypeError("Cannot read properties of undefined (reading 'name')"))).toBe(false)
})

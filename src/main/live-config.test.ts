import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestDirectory } from './directory/test-directory.fixture.ts'
import { createLiveConfig } from './live-config.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

it('counts as stale until the tokens have been taken over too, so that a new one is not refused meanwhile', async () => {
  const tokens = Promise.withResolvers<void>()
  const config = createLiveConfig({
    reads: directory.store,
    refreshTokens: () => tokens.promise,
    onChange: () => undefined,
    onTrouble: () => undefined,
  })
  expect(config.isStale()).toBe(false)
  directory.administer('set-setting', { name: 'public_url', value: 'https://scim.example.com' })
  expect(config.isStale()).toBe(true)
  const refreshed = config.refresh()
  expect(config.current().version).toBe(directory.store.settings.configVersion())
  expect(config.isStale()).toBe(true)
  tokens.resolve()
  await refreshed
  expect(config.isStale()).toBe(false)
})

import { expect, test } from 'vitest'
import { createLiveConfig } from './live-config.ts'
import { startEngine } from './running-engine.fixture.ts'

test('is not up to date before the tokens are, so that a new token waits for them instead of being refused', async () => {
  const { engine } = await startEngine()
  const vault = Promise.withResolvers<void>()
  const live = createLiveConfig({
    reads: engine.reads,
    refreshTokens: () => vault.promise,
    onChange: () => undefined,
    onTrouble: () => undefined,
  })
  expect(live.isStale()).toBe(false)
  await engine.administer('set-setting', { name: 'public_url', value: 'https://scim.example.com' })
  expect(live.isStale()).toBe(true)
  const refreshed = live.refresh()
  expect(live.isStale()).toBe(true)
  vault.resolve()
  await refreshed
  expect(live.isStale()).toBe(false)
})

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
    followTokens: () => undefined,
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

it('takes over once more for whoever comes after a further change, so that the newest token is not refused', async () => {
  const taken: PromiseWithResolvers<void>[] = []
  const config = createLiveConfig({
    reads: directory.store,
    followTokens: () => undefined,
    refreshTokens() {
      const next = Promise.withResolvers<void>()
      taken.push(next)
      return next.promise
    },
    onChange: () => undefined,
    onTrouble: () => undefined,
  })
  const change = (value: string) => directory.administer('set-setting', { name: 'public_url', value })
  change('https://one.example.com')
  const first = config.refresh()
  change('https://two.example.com')
  const second = config.refresh()
  taken[0]?.resolve()
  await first
  expect(config.isStale()).toBe(true)
  taken[1]?.resolve()
  await second
  expect(config.isStale()).toBe(false)
  expect(taken).toHaveLength(2)
})

it('takes over what needs no vault at once, while the keychain hangs over the token before', () => {
  let followed = 0
  const config = createLiveConfig({
    reads: directory.store,
    followTokens() {
      followed += 1
    },
    refreshTokens: () => new Promise(() => undefined),
    onChange: () => undefined,
    onTrouble: () => undefined,
  })
  for (const value of ['https://one.example.com', 'https://two.example.com']) {
    directory.administer('set-setting', { name: 'public_url', value })
    config.follow()
    expect(config.current().version).toBe(directory.store.settings.configVersion())
  }
  expect(followed).toBe(2)
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestDirectory } from '../../directory/test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const hour = 3_600_000
const issue = (prefix: string, overlapMs: number) =>
  directory.administer('issue-token', { slug: 'entra', prefix, overlapMs, expiresAt: null })
const tokenOf = (prefix: string) =>
  directory.store.tokens.ofIntegration(directory.entra).find((each) => each.prefix === prefix)
const stateOf = (prefix: string) => tokenOf(prefix)?.state
const endOf = (prefix: string) => tokenOf(prefix)?.retires_at

it('a token that retires already keeps its own end when the one after it is replaced before its first use', () => {
  issue('one', 0)
  issue('two', hour)
  const end = endOf('one')
  expect(issue('three', 24 * hour)).toMatchObject({ kind: 'value', value: { voided: [] } })
  expect(['one', 'two', 'three'].map(stateOf)).toEqual(['retiring', 'retiring', 'active'])
  expect(endOf('one')).toBe(end)
  expect(endOf('two')).toBeGreaterThan(end ?? Infinity)
})

it('a token whose overlap is over is void with the next one', () => {
  issue('one', 0)
  issue('two', 1)
  issue('three', hour)
  expect(['one', 'two', 'three'].map(stateOf)).toEqual(['void', 'retiring', 'active'])
})

it('the first use of a token ends the overlap with all before it, and with none after it', () => {
  issue('one', 0)
  issue('two', hour)
  issue('three', hour)
  directory.administer('token-first-used', { tokenId: tokenOf('two')?.id ?? 0, integrationId: directory.entra })
  expect(['one', 'two', 'three'].map(stateOf)).toEqual(['void', 'retiring', 'active'])
})

it('the last use that a clock told which was ahead does not stay the last one once the clock is right', () => {
  issue('one', 0)
  const { id: tokenId = 0 } = tokenOf('one') ?? {}
  const lastUse = (at: number) => {
    directory.writer.execute([{ kind: 'token-use', uses: [{ tokenId, at }], now: at }])
    return tokenOf('one')?.last_used_at
  }
  const now = directory.tick()
  expect(lastUse(now)).toBe(now)
  expect(lastUse(now - hour / 2)).toBe(now)
  expect(lastUse(now + 9000 * hour)).toBe(now + 9000 * hour)
  expect(lastUse(now + 1000)).toBe(now + 1000)
})

it('without an overlap every token before is void at once, also one that retires', () => {
  issue('one', 0)
  issue('two', hour)
  const before = [tokenOf('one')?.id, tokenOf('two')?.id]
  // Their hashes are to go out of the vault.
  expect(issue('three', 0)).toMatchObject({ kind: 'value', value: { voided: expect.arrayContaining(before) } })
  expect(['one', 'two', 'three'].map(stateOf)).toEqual(['void', 'void', 'active'])
})

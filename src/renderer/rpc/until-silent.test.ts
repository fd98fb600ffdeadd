import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilSilent } from './until-silent.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('an end that answers is never silent, also where it refuses; one that does not is after a minute', async () => {
  let asked = 0
  let silentAt: number | undefined
  const begin = Date.now()
  const answers = [
    () => Promise.resolve(),
    () => Promise.reject(new Error('refused')),
    () => Promise.withResolvers<void>().promise,
  ]
  const ask = () => (answers[asked++] ?? (() => Promise.resolve()))()
  const ended = new AbortController()
  const over = untilSilent(ask, ended.signal).finally(() => {
    silentAt = Date.now() - begin
  })
  await vi.advanceTimersByTimeAsync(104_000)
  expect([asked, silentAt]).toEqual([3, undefined])
  await vi.advanceTimersByTimeAsync(1000)
  await over
  expect(silentAt).toBe(105_000)
})

test('nothing is asked and no timer is left once the connection has ended', async () => {
  const ended = new AbortController()
  let asked = 0
  const ask = () => {
    asked += 1
    return Promise.withResolvers<void>().promise
  }
  const over = untilSilent(ask, ended.signal)
  await vi.advanceTimersByTimeAsync(16_000)
  ended.abort()
  await over
  expect([asked, vi.getTimerCount()]).toEqual([1, 0])
})

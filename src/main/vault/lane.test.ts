import { expect, test } from 'vitest'
import { createLane } from './lane.ts'

const overdue = () => new Error('overdue')

test('runs one call at a time, in the order they were asked for', async () => {
  const lane = createLane()
  const seen: string[] = []
  const call = (name: string) => async () => {
    seen.push(`${name} begins`)
    await Promise.resolve()
    seen.push(`${name} ends`)
    return name
  }
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => lane.run(call(name), 1000, overdue)))
  expect(answers).toEqual(['a', 'b', 'c'])
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('goes on after a call that failed', async () => {
  const lane = createLane()
  await expect(lane.run(() => Promise.reject(new Error('refused')), 1000, overdue)).rejects.toThrow('refused')
  expect(await lane.run(() => Promise.resolve('next'), 1000, overdue)).toBe('next')
})

test('gives up a call that hangs and starts no other until it has ended', async () => {
  const lane = createLane()
  const hanging = Promise.withResolvers<string>()
  let started = 0
  const call = () => {
    started += 1
    return hanging.promise
  }
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => lane.run(call, 10, overdue)))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await expect(lane.run(call, 10, overdue)).rejects.toThrow('overdue')
  expect(started).toBe(1)
  expect(lane.isOccupied()).toBe(true)

  hanging.resolve('unlocked at last')
  await hanging.promise
  await Promise.resolve()
  expect(lane.isOccupied()).toBe(false)
  expect(await lane.run(call, 10, overdue)).toBe('unlocked at last')
})

test('outlives a hanging call that fails after it was given up', async () => {
  const lane = createLane()
  const hanging = Promise.withResolvers<string>()
  await expect(lane.run(() => hanging.promise, 10, overdue)).rejects.toThrow('overdue')
  hanging.reject(new Error('dismissed'))
  await expect(hanging.promise).rejects.toThrow('dismissed')
  expect(await lane.run(() => Promise.resolve('next'), 1000, overdue)).toBe('next')
})

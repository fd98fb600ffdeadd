import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ClientLink } from '@orpc/client'
import { expect, test } from 'vitest'
import { createConnection, Disconnected, type Connection } from '../../src/renderer/rpc/connection.ts'

/** Collects all garbage at once. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect !== 'function') throw new Error('there is no garbage collector to be called')
  return () => void Reflect.apply(collect, undefined, [])
}

/** A connection whose first link answers as it is told; when that is cut there is no other. */
async function connect(answer: ClientLink<object>['call']): Promise<{ connection: Connection; cut: () => void }> {
  const { promise: closed, resolve: cut } = Promise.withResolvers<void>()
  let isFirst = true
  const connection = createConnection(() => {
    if (!isFirst) return Promise.resolve('signed-out')
    isFirst = false
    return Promise.resolve({ link: { call: answer }, closed, close: cut })
  })
  await connection.untilOpen(new AbortController().signal)
  return { connection, cut }
}

test('keeps no answer while the connection lasts', async () => {
  const answers: WeakRef<object>[] = []
  const { connection, cut } = await connect(() => {
    const answer = { rows: ['of a page'] }
    answers.push(new WeakRef(answer))
    return Promise.resolve(answer)
  })
  for (let call = 0; call < 100; call += 1) await connection.engine.system.status()
  await nextTurn()
  garbageCollector()()
  // The last one may still be on the stack.
  expect(answers.filter((each) => each.deref() !== undefined).length).toBeLessThanOrEqual(1)
  cut()
})

test('rejects each call that waits for its answer when the connection goes, and none before', async () => {
  const first = Promise.withResolvers<unknown>()
  const answers = [first.promise, Promise.withResolvers().promise, Promise.withResolvers().promise]
  const { connection, cut } = await connect(() => answers.shift() ?? Promise.reject(new Error('no more answers')))
  const [answered, ...waiting] = [1, 2, 3].map(() => connection.engine.system.status())
  first.resolve('listening')
  expect(await answered).toBe('listening')
  cut()
  for (const outcome of await Promise.allSettled(waiting))
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Disconnected) })
  expect(connection.state().kind).toBe('lost')
})
